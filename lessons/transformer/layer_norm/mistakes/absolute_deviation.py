"""The deviation is the mean distance from the mean, not the root of the mean square: outliers count less than they should."""

import torch
from torch import nn

EQUATION = "sqrt(var) = 1/d sum |x - mean|"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        mean = x.mean(dim=-1, keepdim=True)
        spread = (x - mean).abs().mean(dim=-1, keepdim=True)
        return self.weight * (x - mean) / (spread + self.eps) + self.bias
