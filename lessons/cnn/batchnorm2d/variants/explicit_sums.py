"""Sums divided by m, axes kept for broadcasting, buffers replaced by new tensors."""

import torch
from torch import nn


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.full((num_features,), 1.0))
        self.bias = nn.Parameter(torch.full((num_features,), 0.0))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        shape = (1, -1, 1, 1)
        if not self.training:
            deviation = (self.running_var + self.eps).sqrt().view(shape)
            return (x - self.running_mean.view(shape)) / deviation * self.weight.view(shape) + self.bias.view(shape)
        batch, channels, height, width = x.shape
        m = batch * height * width
        mean = x.sum((0, 2, 3), keepdim=True) / m
        centred = x - mean
        var = (centred * centred).sum((0, 2, 3), keepdim=True) / m
        old, new = 1 - self.momentum, self.momentum
        self.running_mean = old * self.running_mean + new * mean.detach().view(channels)
        self.running_var = old * self.running_var + new * var.detach().view(channels) * (m / (m - 1))
        return centred * (var + self.eps) ** -0.5 * self.weight.view(shape) + self.bias.view(shape)
