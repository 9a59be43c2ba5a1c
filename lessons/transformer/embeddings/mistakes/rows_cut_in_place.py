"""max_norm shortens the rows that are looked up, in the table itself. Nobody asked for it, and the next score sees other rows."""

import torch
from torch import nn
from torch.nn import functional as F

EQUATION = "weight[id] <- weight[id] / max(1, |weight[id]|)"
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
        return F.embedding(ids, self.weight, max_norm=1.0) * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
