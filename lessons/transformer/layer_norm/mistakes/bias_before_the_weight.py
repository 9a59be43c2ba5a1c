"""The bias is added before the scaling, so it is scaled as well."""

import torch
from torch import nn

EQUATION = "y = weight ((x - mean) / sqrt(var + eps) + bias)"
HINT = 2


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        mean = x.mean(dim=-1, keepdim=True)
        var = x.var(dim=-1, unbiased=False, keepdim=True)
        return self.weight * ((x - mean) / torch.sqrt(var + self.eps) + self.bias)
