"""The way out is an nn.Linear with numbers of its own. Tied means one matrix: give it the table's weight, or use the table."""

import torch
from torch import nn

EQUATION = "logits(x) = x output.weight^T"
HINT = 1
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        self.output = nn.Linear(d_model, num_tokens, bias=False)

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        return self.output(x)
