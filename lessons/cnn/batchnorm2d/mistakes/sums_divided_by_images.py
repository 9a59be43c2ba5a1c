"""m is taken for the number of images. A channel has m = B H W values: every pixel of every image counts."""

import torch
from torch import nn

EQUATION = "m = B,   mean = 1/m sum x,   var = 1/m sum (x - mean)^2"
HINT = 2


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
            m = x.shape[0]
            mean = x.sum(dim=(0, 2, 3)) / m
            var = (x - mean[:, None, None]).square().sum(dim=(0, 2, 3)) / m
            self.update(mean, var, m)
        else:
            mean, var = self.running_mean, self.running_var
        xhat = (x - mean[:, None, None]) / torch.sqrt(var + self.eps)[:, None, None]
        return self.weight[:, None, None] * xhat + self.bias[:, None, None]

    @torch.no_grad()
    def update(self, mean, var, m):
        self.running_mean.mul_(1 - self.momentum).add_(self.momentum * mean)
        self.running_var.mul_(1 - self.momentum).add_(self.momentum * var * m / (m - 1))
