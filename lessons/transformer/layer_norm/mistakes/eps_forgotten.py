"""eps is missing: a token whose numbers are all equal, as padding may be, is divided by 0."""

import torch
from torch import nn

EQUATION = "y = weight (x - mean) / sqrt(var) + bias"
HINT = 2


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        mean = x.mean(dim=-1, keepdim=True)
        var = x.var(dim=-1, unbiased=False, keepdim=True)
        return self.weight * (x - mean) / torch.sqrt(var) + self.bias
