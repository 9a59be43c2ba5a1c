"""The row is multiplied by d, not by its root, so its entries are about sqrt(d), and the positions that are added get lost."""

import torch
from torch import nn

EQUATION = "E(id) = d weight[id]"
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
        return self.weight[ids] * self.d_model

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
