"""Mean and variance have lost their axis, so (B, T) meets (B, T, d): an error, or where the sizes agree, the wrong token's mean. keepdim=True keeps it."""

import torch
from torch import nn

EQUATION = "mean, var of shape (...), not (..., 1)"
HINT = 2


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        mean = x.mean(-1)
        var = x.var(-1, unbiased=False)
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
