"""The table starts at 0 everywhere: all tokens are alike, and every score is 0."""

import torch
from torch import nn

EQUATION = "weight = 0 at the start"
HINT = 2
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.zeros(num_tokens, d_model))
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.zeros(num_tokens, d_model))

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
