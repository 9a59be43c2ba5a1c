"""Two slips that are often copied together: torch's `std` divides by d - 1, and eps is added outside of the root."""

import torch
from torch import nn

EQUATION = "y = weight (x - mean) / (std + eps) + bias,  std by d - 1"
HINT = 3


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))
        self.eps = eps

    def forward(self, x):
        mean = x.mean(-1, keepdim=True)
        std = x.std(-1, keepdim=True)
        return self.weight * (x - mean) / (std + self.eps) + self.bias
