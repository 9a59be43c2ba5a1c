"""A dropout of 0.1 stands in here. In the paper it stands on the sum of embedding and position, and the model has it."""

import torch
from torch import nn

EQUATION = "E(id) = dropout(sqrt(d) weight[id])"
HINT = 1
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model, dropout=0.1):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids):
        return self.dropout(self.weight[ids] * self.d_model**0.5)

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
