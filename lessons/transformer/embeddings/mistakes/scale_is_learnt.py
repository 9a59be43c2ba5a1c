"""sqrt(d) is a parameter here. It is a number of the paper, and stays what it is."""

import torch
from torch import nn

EQUATION = "E(id) = scale weight[id]"
HINT = 2
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        self.scale = nn.Parameter(torch.tensor(d_model**0.5))

    def forward(self, ids):
        return self.weight[ids] * self.scale

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
