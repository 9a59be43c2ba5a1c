"""x is divided by its standard deviation, but its mean is not taken off above the line."""

import torch
from torch import nn

EQUATION = "y = weight x / sqrt(var + eps) + bias"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        var = x.var(-1, unbiased=False, keepdim=True)
        return self.weight * x / torch.sqrt(var + self.eps) + self.bias
