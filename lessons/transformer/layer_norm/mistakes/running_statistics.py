"""Running statistics are kept and used in evaluation. That is batch norm's way; here a token always has its own mean and variance."""

import torch
from torch import nn

EQUATION = "evaluation: y = weight (x - running_mean) / ... + bias"
HINT = 1


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(d))
        self.bias = nn.Parameter(torch.zeros(d))
        self.register_buffer("running_mean", torch.zeros(1))
        self.register_buffer("running_var", torch.ones(1))

    def forward(self, x):
        if self.training:
            mean = x.mean(dim=-1, keepdim=True)
            var = x.var(dim=-1, unbiased=False, keepdim=True)
            with torch.no_grad():
                self.running_mean.lerp_(mean.mean().view(1), self.momentum)
                self.running_var.lerp_(var.mean().view(1), self.momentum)
        else:
            mean, var = self.running_mean, self.running_var
        return self.weight * (x - mean) / torch.sqrt(var + self.eps) + self.bias
