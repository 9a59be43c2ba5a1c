"""Convolution in your own words. `conv2d` is yours to write; `Conv2d` below it is given and uses it."""

import math

import torch
from torch import Tensor, nn


def conv2d(
    x: Tensor, w: Tensor, b: Tensor | None = None, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Tensor:
    """Cross-correlate every image with every kernel.

        y[n, o, i, j] = b[o] + sum over c, u, v of w[o, c, u, v] xpad[n, c, i s + u d, j s + v d]

        H' = floor((H + 2 p - d (kh - 1) - 1) / s) + 1,   W' alike with W and kw

    Shapes:  x (B, C, H, W), w (O, C, kh, kw), b (O,) or None  ->  y (B, O, H', W')
    Symbols: s stride, p padding, d dilation; xpad is x with p rows or columns of zeros on each of its four sides.

    The result has x's dtype (float16 too) and device, x and w stay as they were, and gradients reach x, w and b.
    Plain tensor operations only: torch's convolutions, F.unfold and F.fold are refused while this runs.

    Dumoulin and Visin 2016 (arXiv 1603.07285), sections 2.4 and 5.1.
    """
    raise NotImplementedError("your turn: conv2d")


class Conv2d(nn.Module):
    """Given: a convolution that owns its kernel, drawn with variance 2 / fan_in (He et al., arXiv 1502.01852)."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int,
        stride: int = 1,
        padding: int = 0,
        dilation: int = 1,
        bias: bool = True,
    ) -> None:
        super().__init__()
        self.stride, self.padding, self.dilation = stride, padding, dilation
        std = math.sqrt(2.0 / (in_channels * kernel_size**2))
        self.weight = nn.Parameter(std * torch.randn(out_channels, in_channels, kernel_size, kernel_size))
        self.bias = nn.Parameter(torch.zeros(out_channels)) if bias else None

    def forward(self, x: Tensor) -> Tensor:
        return conv2d(x, self.weight, self.bias, self.stride, self.padding, self.dilation)
