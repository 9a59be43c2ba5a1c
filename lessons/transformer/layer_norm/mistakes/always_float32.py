"""weight and bias are float32 whatever torch's default is. In a float64 model they can be neither exact nor exchanged with the others."""

import torch
from torch import nn

EQUATION = "weight, bias in float32"
HINT = 3


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d, dtype=torch.float32))
        self.bias = nn.Parameter(torch.zeros(d, dtype=torch.float32))

    def forward(self, x):
        mean = x.mean(dim=-1, keepdim=True)
        var = x.var(dim=-1, unbiased=False, keepdim=True)
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
