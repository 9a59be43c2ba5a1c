"""The normalised token is detached: weight and bias learn, and no gradient reaches what lies below."""

import torch
from torch import nn

EQUATION = "dy/dx = 0"
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
        normal = ((x - mean) / torch.sqrt(var + self.eps)).detach()
        return self.weight * normal + self.bias
