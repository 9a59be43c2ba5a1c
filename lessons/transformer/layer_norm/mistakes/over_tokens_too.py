"""Mean and variance go over the whole sentence, (T, d). Then a token's result depends on its neighbours, even on later ones and on padding."""

import torch
from torch import nn

EQUATION = "mean, var over T and d"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        axes = (-2, -1) if x.dim() > 1 else (-1,)
        mean = x.mean(axes, keepdim=True)
        var = x.var(axes, correction=0, keepdim=True)
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
