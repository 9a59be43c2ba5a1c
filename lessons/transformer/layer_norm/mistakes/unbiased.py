"""The variance is divided by d - 1, as torch's `var` does unless told otherwise. A token's d numbers are all there are: divide by d."""

import torch
from torch import nn

EQUATION = "var = 1/(d-1) sum (x - mean)^2"
HINT = 3


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        mean = x.mean(dim=-1, keepdim=True)
        var = x.var(dim=-1, keepdim=True)
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
