"""Channels moved to the last axis, where (C,) broadcasts by itself; the training flag picks a method."""

import torch
from torch import nn


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.register_parameter("weight", nn.Parameter(torch.ones(num_features)))
        self.register_parameter("bias", nn.Parameter(torch.zeros(num_features)))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.eps, self.momentum = eps, momentum

    def forward(self, x):
        last = x.permute(0, 2, 3, 1)
        y = self.train_on(last) if self.training else self.normalise(last, self.running_mean, self.running_var)
        return y.permute(0, 3, 1, 2)

    def train_on(self, last):
        flat = last.flatten(0, 2)
        std, mean = torch.std_mean(flat, dim=0, correction=1)
        unbiased, m = std.square(), flat.shape[0]
        for running, value in ((self.running_mean, mean), (self.running_var, unbiased)):
            running.copy_((1 - self.momentum) * running + self.momentum * value.detach())
        biased = (flat - mean).square().sum(0) / m
        return self.normalise(last, mean, biased)

    def normalise(self, last, mean, var):
        return self.weight * (last - mean) * torch.rsqrt(var + self.eps) + self.bias
