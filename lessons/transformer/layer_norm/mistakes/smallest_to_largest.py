"""Each token is stretched to the range from 0 to 1 by its smallest and largest number: two of its numbers decide about all."""

import torch
from torch import nn

EQUATION = "y = weight (x - min) / (max - min + eps) + bias"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        smallest, largest = x.amin(-1, keepdim=True), x.amax(-1, keepdim=True)
        return self.weight * (x - smallest) / (largest - smallest + self.eps) + self.bias
