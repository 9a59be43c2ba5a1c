"""The mean is not taken off: that is RMSNorm, which divides by the root mean square alone and leaves out the shift."""

import torch
from torch import nn

EQUATION = "y = weight x / sqrt(1/d sum x^2 + eps) + bias"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        square = x.pow(2).mean(-1, keepdim=True)
        return self.weight * x * torch.rsqrt(square + self.eps) + self.bias
