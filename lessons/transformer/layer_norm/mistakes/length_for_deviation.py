"""The squares are added up, not averaged: each token comes out with length 1, and its numbers get smaller the wider the model is."""

import torch
from torch import nn

EQUATION = "var = sum (x - mean)^2"
HINT = 2


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        away = x - x.mean(-1, keepdim=True)
        return self.weight * away / torch.sqrt(away.square().sum(-1, keepdim=True) + self.eps) + self.bias
