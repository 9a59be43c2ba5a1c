"""scale_grad_by_freq divides a row's gradient by how often the token occurs. Each occurrence is to add its own."""

import torch
from torch import nn
from torch.nn import functional as F

EQUATION = "dE / d weight[id], divided by the count of id"
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
        return F.embedding(ids, self.weight, scale_grad_by_freq=True) * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
