"""The table is (d, V), a column for each token. Each row is to be a token: (V, d)."""

import torch
from torch import nn

EQUATION = "weight (d, V)"
HINT = 2
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(d_model, num_tokens) / d_model**0.5)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(d_model, num_tokens) / d_model**0.5)

    def forward(self, ids):
        return self.weight.T[ids] * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output
