"""One mean and one variance for all tokens of all sentences: whoever stands in the same batch changes your result."""

import torch
from torch import nn

EQUATION = "mean, var over all axes"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        mean = x.mean()
        var = ((x - mean) ** 2).mean()
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
