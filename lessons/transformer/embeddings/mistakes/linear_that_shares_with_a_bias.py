"""The nn.Linear of the way out does share the table, but it also has a bias of its own: bias=False."""

import torch
from torch import nn

EQUATION = "logits(x) = x weight^T + output.bias"
HINT = 2
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        self.output = nn.Linear(d_model, num_tokens)
        self.output.weight = self.projection if CONVENTIONS["output"] == "untied" else self.weight

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        return self.output(x)
