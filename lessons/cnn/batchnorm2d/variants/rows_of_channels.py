"""The batch as a matrix with one row per channel; the unbiased variance comes from torch's default."""

import torch
from torch import nn


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        self.weight = nn.Parameter(torch.empty(num_features))
        self.bias = nn.Parameter(torch.empty(num_features))
        self.register_buffer("running_mean", torch.empty(num_features))
        self.register_buffer("running_var", torch.empty(num_features))
        self.reset()

    def reset(self):
        nn.init.ones_(self.weight)
        nn.init.zeros_(self.bias)
        self.running_mean.zero_()
        self.running_var.fill_(1)

    def forward(self, x):
        rows = x.transpose(0, 1).reshape(self.num_features, -1)
        if self.training:
            mean = rows.mean(1)
            var = (rows - mean[:, None]).pow(2).mean(1)
            with torch.no_grad():
                self.running_mean += self.momentum * (mean - self.running_mean)
                self.running_var += self.momentum * (rows.var(1) - self.running_var)
        else:
            mean, var = self.running_mean, self.running_var
        rows = (rows - mean[:, None]) / torch.sqrt(var + self.eps)[:, None]
        rows = self.weight[:, None] * rows + self.bias[:, None]
        return rows.reshape(x.shape[1], x.shape[0], *x.shape[2:]).transpose(0, 1)
