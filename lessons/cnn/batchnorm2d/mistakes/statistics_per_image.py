"""Each image is normalised by itself (mean over H and W only). That is instance normalisation; batch normalisation takes its mean over the images too."""

import torch
from torch import nn

EQUATION = "mean[n,c] = 1/(H W) sum over i, j of x[n,c,i,j]"
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
            mean = x.mean(dim=(2, 3))
            var = x.var(dim=(2, 3), correction=0)
            self.update(mean.mean(dim=0), var.mean(dim=0), x.shape[2] * x.shape[3])
        else:
            mean, var = self.running_mean[None], self.running_var[None]
        xhat = (x - mean[:, :, None, None]) / torch.sqrt(var + self.eps)[:, :, None, None]
        return self.weight[:, None, None] * xhat + self.bias[:, None, None]

    @torch.no_grad()
    def update(self, mean, var, m):
        self.running_mean.mul_(1 - self.momentum).add_(self.momentum * mean)
        self.running_var.mul_(1 - self.momentum).add_(self.momentum * var * m / (m - 1))
