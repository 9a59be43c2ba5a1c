"""The layer has no parameters, so every token is forced to mean 0 and variance 1, whatever the next layer would need."""

import torch
from torch import nn

EQUATION = "y = (x - mean) / sqrt(var + eps), no weight, no bias"
HINT = 2


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps

    def forward(self, x):
        mean = x.mean(dim=-1, keepdim=True)
        var = x.var(dim=-1, unbiased=False, keepdim=True)
        return (x - mean) / torch.sqrt(var + self.eps)
