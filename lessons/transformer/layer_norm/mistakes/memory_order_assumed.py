"""`view` asks for numbers that lie row by row. A tensor that was transposed does not, so this ends in an error; `reshape` would not."""

import torch
from torch import nn

EQUATION = "x.view(-1, d)"
HINT = 3


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.d, self.eps = d, eps
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        rows = x.view(-1, self.d)
        mean = rows.mean(dim=1, keepdim=True)
        var = rows.var(dim=1, unbiased=False, keepdim=True)
        return (self.weight * (rows - mean) / torch.sqrt(var + self.eps) + self.bias).view(x.shape)
