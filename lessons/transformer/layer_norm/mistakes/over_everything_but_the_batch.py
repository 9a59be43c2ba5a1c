"""Mean and variance go over every axis but the first: a sentence is normalised as a whole, as an image would be. Each token has its own."""

import torch
from torch import nn

EQUATION = "mean, var over all axes but the first"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        axes = tuple(range(1, x.dim())) or (0,)
        mean = x.mean(axes, keepdim=True)
        var = (x - mean).pow(2).mean(axes, keepdim=True)
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
