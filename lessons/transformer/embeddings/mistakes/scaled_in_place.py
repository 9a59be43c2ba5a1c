"""The table itself is multiplied at every call, so it grows from call to call."""

import torch
from torch import nn

EQUATION = "weight <- sqrt(d) weight,  E(id) = weight[id]"
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
        self.weight.data *= self.d_model**0.5
        return self.weight[ids]

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
