"""weight and bias are applied first and then normalised away: whatever they learn to shift or stretch as a whole is undone."""

import torch
from torch import nn

EQUATION = "y = norm(weight x + bias)"
HINT = 2


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        x = self.weight * x + self.bias
        mean = x.mean(dim=-1, keepdim=True)
        var = x.var(dim=-1, unbiased=False, keepdim=True)
        return (x - mean) / torch.sqrt(var + self.eps)
