"""Batch normalisation of images: one mean and one variance per channel."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


class BatchNorm2d(nn.Module):
    """Shift and scale each channel to mean 0 and variance 1 over the batch, then by learnt weights.

        y = weight (x - mean) / sqrt(var + eps) + bias

    Training: mean and var (divided by m) are the batch's; the running ones move towards it by `momentum`,
    running_var towards the unbiased m / (m - 1) var. Evaluation: mean and var are the running ones.

    Shapes: x and out (B, C, H, W), m = B H W; weight, bias, running_mean, running_var (C,).
    Symbols: weight is the paper's gamma, bias its beta; a running value keeps 1 - momentum of itself.
    Ioffe and Szegedy 2015, Algorithms 1 and 2.
    """

    running_mean: Tensor
    running_var: Tensor

    def __init__(self, num_features: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x: Float[Tensor, "B C H W"]) -> Float[Tensor, "B C H W"]:
        if self.training:
            mean = x.mean(dim=(0, 2, 3))  # (C,)
            var = x.var(dim=(0, 2, 3), correction=0)  # (C,)
            self._remember(mean, var, m=x.shape[0] * x.shape[2] * x.shape[3])
        else:
            mean, var = self.running_mean, self.running_var
        scale = self.weight * torch.rsqrt(var + self.eps)  # (C,)
        return (x - mean[:, None, None]) * scale[:, None, None] + self.bias[:, None, None]

    @torch.no_grad()
    def _remember(self, mean: Float[Tensor, " C"], var: Float[Tensor, " C"], m: int) -> None:
        self.running_mean.mul_(1 - self.momentum).add_(mean, alpha=self.momentum)
        self.running_var.mul_(1 - self.momentum).add_(var * m / (m - 1), alpha=self.momentum)
