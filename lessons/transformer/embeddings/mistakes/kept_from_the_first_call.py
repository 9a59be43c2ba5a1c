"""The matrix of the way out is made at its first use and kept. After the next step of training it is out of date."""

import torch
from torch import nn

EQUATION = "logits(x) = x W^T,  W = weight at the first call"
HINT = 1
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        self.kept = None

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        if self.kept is None:
            output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
            self.kept = output.detach().T.clone()
        return x @ self.kept.to(x)
