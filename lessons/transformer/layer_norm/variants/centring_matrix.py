"""The mean taken off by a matrix, I - 1/d, and the variance as a product of what is left with itself."""

import torch
from torch import nn


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(d)), nn.Parameter(torch.zeros(d))
        self.eps = eps

    def forward(self, x):
        d = x.shape[-1]
        away = x @ (torch.eye(d, dtype=x.dtype, device=x.device) - 1 / d)
        scale = torch.rsqrt(torch.einsum("...i,...i->...", away, away) / d + self.eps)
        return torch.einsum("...i,...,i->...i", away, scale, self.weight) + self.bias
