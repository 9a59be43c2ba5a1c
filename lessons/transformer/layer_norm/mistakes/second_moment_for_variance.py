"""The mean is taken off above the line only: below it stands the mean of x^2, not that of (x - mean)^2."""

import torch
from torch import nn

EQUATION = "var = 1/d sum x^2"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        mean = x.mean(-1, keepdim=True)
        var = (x**2).mean(-1, keepdim=True)
        return self.weight * (x - mean) / (var + self.eps).sqrt() + self.bias
