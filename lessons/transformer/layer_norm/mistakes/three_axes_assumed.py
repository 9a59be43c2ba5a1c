"""The shape is taken apart into three, so x must be (B, T, d). The axes in front of d are nobody's business here: dim=-1 needs none of them."""

import torch
from torch import nn

EQUATION = "B, T, d = x.shape"
HINT = 2


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        batch, tokens, d = x.shape
        mean = x.sum(dim=2).view(batch, tokens, 1) / d
        var = ((x - mean) ** 2).sum(dim=2).view(batch, tokens, 1) / d
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
