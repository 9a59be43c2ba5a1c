"""The way out begins as a copy of the table and then learns by itself: that is one more matrix, not a shared one."""

import torch
from torch import nn

EQUATION = "logits(x) = x output^T,  output = weight at the start"
HINT = 1
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        self.output = nn.Parameter(self.weight.detach().clone())

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        return x @ self.output.T
