"""The running statistics stay where they started: no training batch moves them, so evaluation normalises with mean 0 and variance 1."""

import torch
from torch import nn

EQUATION = "running_mean = 0, running_var = 1 for ever"
HINT = 1


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        if self.training:
            mean = x.mean(dim=(0, 2, 3))
            var = x.var(dim=(0, 2, 3), correction=0)
        else:
            mean, var = self.running_mean, self.running_var
        xhat = (x - mean[:, None, None]) / torch.sqrt(var + self.eps)[:, None, None]
        return self.weight[:, None, None] * xhat + self.bias[:, None, None]
