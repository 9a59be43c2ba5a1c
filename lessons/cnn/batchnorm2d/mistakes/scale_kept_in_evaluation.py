"""The scale of the first evaluation is kept and used in all later ones. The weights and running values change between two evaluations; compute it from them each time."""

import torch
from torch import nn

EQUATION = "scale = weight / sqrt(running_var + eps) of the first evaluation"
HINT = 3


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.scale = None

    def forward(self, x):
        if self.training:
            mean = x.mean(dim=(0, 2, 3))
            var = x.var(dim=(0, 2, 3), correction=0)
            self.update(mean, var, x.numel() // x.shape[1])
            scale = self.weight / torch.sqrt(var + self.eps)
        else:
            mean = self.running_mean
            if self.scale is None:
                self.scale = self.weight / torch.sqrt(self.running_var + self.eps)
            scale = self.scale
        return (x - mean[:, None, None]) * scale[:, None, None] + self.bias[:, None, None]

    @torch.no_grad()
    def update(self, mean, var, m):
        self.running_mean.mul_(1 - self.momentum).add_(self.momentum * mean)
        self.running_var.mul_(1 - self.momentum).add_(self.momentum * var * m / (m - 1))
