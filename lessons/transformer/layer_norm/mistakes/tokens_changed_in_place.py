"""x itself is changed: mean off, divided. The residual connection around this layer still needs it as it was."""

import torch
from torch import nn

EQUATION = "x <- x - mean,  x <- x / sqrt(var + eps)"
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
        x -= mean
        x /= torch.sqrt(var + self.eps)
        return self.weight * x + self.bias
