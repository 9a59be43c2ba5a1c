"""The variance is cut out of the graph: the gradient of x keeps the part that only stretches the token."""

import torch
from torch import nn

EQUATION = "dvar/dx = 0"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        mean = x.mean(dim=-1, keepdim=True)
        var = x.var(dim=-1, unbiased=False, keepdim=True).detach()
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
