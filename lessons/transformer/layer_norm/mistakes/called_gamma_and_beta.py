"""The parameters are called gamma and beta. The numbers may be right, but whoever loads a state looks for weight and bias."""

import torch
from torch import nn

EQUATION = "y = gamma (x - mean) / sqrt(var + eps) + beta"
HINT = 2


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(d))
        self.beta = nn.Parameter(torch.zeros(d))
        self.eps = eps

    def forward(self, x):
        mean = x.mean(-1, keepdim=True)
        var = x.var(-1, unbiased=False, keepdim=True)
        out = (x - mean) / torch.sqrt(var + self.eps)
        return self.gamma * out + self.beta
