"""All axes in front in one, then token by token, by sums."""

import torch
from torch import nn


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.d, self.eps = d, eps
        self.weight = nn.Parameter(torch.empty(d).fill_(1))
        self.bias = nn.Parameter(torch.empty(d).fill_(0))

    def one(self, token):
        mean = token.sum() / self.d
        away = token - mean
        var = (away * away).sum() / self.d
        return away / (var + self.eps) ** 0.5 * self.weight + self.bias

    def forward(self, x):
        return torch.stack([self.one(token) for token in x.reshape(-1, self.d)]).reshape(x.shape)
