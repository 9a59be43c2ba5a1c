"""weight and bias are plain tensors: no optimiser finds them, no state_dict saves them, and .to(device) leaves them behind."""

import torch
from torch import nn

EQUATION = "weight, bias without nn.Parameter"
HINT = 2


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = torch.ones(d)
        self.bias = torch.zeros(d)

    def forward(self, x):
        mean = x.mean(dim=-1, keepdim=True)
        var = x.var(dim=-1, unbiased=False, keepdim=True)
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
