"""Evaluation uses the running values, but then moves them towards its own images. What is measured must leave the layer as it was."""

import torch
from torch import nn

EQUATION = "eval: running_mean <- (1-momentum) running_mean + momentum mean, afterwards"
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
        var, mean = torch.var_mean(x, dim=(0, 2, 3), correction=0)
        used = (mean, var) if self.training else (self.running_mean.clone(), self.running_var.clone())
        self.update(mean, var, x.numel() // x.shape[1])
        xhat = (x - used[0][:, None, None]) / torch.sqrt(used[1] + self.eps)[:, None, None]
        return self.weight[:, None, None] * xhat + self.bias[:, None, None]

    @torch.no_grad()
    def update(self, mean, var, m):
        self.running_mean.mul_(1 - self.momentum).add_(self.momentum * mean)
        self.running_var.mul_(1 - self.momentum).add_(self.momentum * var * m / (m - 1))
