"""A softmax stands at the end. What is asked for are scores: the loss has its own softmax, and a second one flattens everything."""

import torch
from torch import nn

EQUATION = "softmax(x weight^T)"
HINT = 1
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return torch.softmax(x @ output.T, dim=-1)
