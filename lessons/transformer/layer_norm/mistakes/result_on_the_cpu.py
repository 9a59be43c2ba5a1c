"""The result is written into a new tensor that lies where torch makes it by itself, not on the device of x."""

import torch
from torch import nn

EQUATION = "y.device = cpu"
HINT = 3


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        mean = x.mean(dim=-1, keepdim=True)
        var = x.var(dim=-1, unbiased=False, keepdim=True)
        y = torch.zeros(x.shape)
        y = y + self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
        return y
