"""Every row is divided by its length on the way in. How long a row is, is for the net to learn."""

import torch
from torch import nn
from torch.nn import functional as F

EQUATION = "E(id) = sqrt(d) weight[id] / |weight[id]|"
HINT = 1
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)

    def forward(self, ids):
        return F.normalize(self.weight[ids], dim=-1) * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
