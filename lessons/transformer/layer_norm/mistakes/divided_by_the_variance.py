"""The root is missing: a token is divided by its variance, so one that is twice as wide comes out half as wide."""

import torch
from torch import nn

EQUATION = "y = weight (x - mean) / (var + eps) + bias"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        mean = x.mean(dim=-1, keepdim=True)
        var = x.var(dim=-1, unbiased=False, keepdim=True)
        return self.weight * (x - mean) / (var + self.eps) + self.bias
