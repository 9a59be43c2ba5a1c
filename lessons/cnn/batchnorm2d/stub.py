"""Batch normalisation in your own words: one mean and one variance per channel."""

import torch
from torch import Tensor, nn


class BatchNorm2d(nn.Module):
    """Shift and scale each channel to mean 0 and variance 1, then by learnt numbers.

        y = weight (x - mean) / sqrt(var + eps) + bias

    In training, per channel over the m = B H W values of the batch:
        mean = 1/m sum x        var = 1/m sum (x - mean)^2
        running_mean <- (1 - momentum) running_mean + momentum mean
        running_var  <- (1 - momentum) running_var  + momentum m/(m-1) var
    The m/(m-1) is asked for; running_var without it, as Keras keeps it, is accepted as a variant.
    In evaluation mean and var are the running ones, and nothing is updated.

    Shapes:  x (B, C, H, W) -> y (B, C, H, W); weight, bias, running_mean, running_var (C,) with C = num_features
    State:   parameters weight (starts at 1) and bias (0); buffers running_mean (0) and running_var (1).
    Symbols: weight is the paper's gamma, bias its beta. `self.training` tells the mode.

    Gradients go through mean and var to x; none goes into the running values. torch's own normalisations are refused.

    Ioffe and Szegedy 2015 (arXiv 1502.03167), Algorithm 1 (training) and Algorithm 2 (the unbiased m/(m-1)).
    """

    def __init__(self, num_features: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        super().__init__()
        raise NotImplementedError("your turn: the parameters and buffers of BatchNorm2d")

    def forward(self, x: Tensor) -> Tensor:
        raise NotImplementedError("your turn: BatchNorm2d.forward")
