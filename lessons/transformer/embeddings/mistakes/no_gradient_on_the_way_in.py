"""The row is taken out of the graph on the way in, so what a token means is never learnt there."""

import torch
from torch import nn

EQUATION = "dE / d weight = 0"
HINT = 3
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)

    def forward(self, ids):
        return self.weight.data[ids] * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
