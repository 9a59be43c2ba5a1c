"""Each of the d columns is normalised over all tokens. That is batch normalisation; a layer norm goes along the token."""

import torch
from torch import nn

EQUATION = "mean, var over all axes but the last"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        rows = x.reshape(-1, x.shape[-1])
        mean = rows.mean(dim=0)
        var = rows.var(dim=0, unbiased=False)
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
