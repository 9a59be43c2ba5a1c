"""The convolution of neural networks, and the layer that holds its weights."""

import math

import torch
from jaxtyping import Float
from torch import Tensor, nn


def conv2d(
    x: Float[Tensor, "B C H W"],
    w: Float[Tensor, "O C kh kw"],
    b: Float[Tensor, " O"] | None = None,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> Float[Tensor, "B O Hout Wout"]:
    """Cross-correlate every image with every kernel.

        y[n, o, i, j] = b[o] + sum over c, u, v of w[o, c, u, v] xpad[n, c, i s + u d, j s + v d]
        Hout = floor((H + 2 p - d (kh - 1) - 1) / s) + 1, Wout alike

    Shapes: x (B, C, H, W), w (O, C, kh, kw), b (O,), out (B, O, Hout, Wout).
    Symbols: s stride, p padding, d dilation; xpad is x with p zeros on each of its four sides.
    Dumoulin and Visin 2016, sections 2.4 and 5.1.
    """
    kh, kw = w.shape[2:]
    xpad = nn.functional.pad(x, (padding, padding, padding, padding))  # (B, C, H+2p, W+2p)
    h_out = (xpad.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    w_out = (xpad.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    if h_out < 1 or w_out < 1:
        raise ValueError(f"a {kh}x{kw} kernel of dilation {dilation} does not fit into {tuple(xpad.shape[2:])}")
    y = x.new_zeros(x.shape[0], w.shape[0], h_out, w_out)
    for u in range(kh):
        for v in range(kw):
            seen = xpad[:, :, u * dilation :: stride, v * dilation :: stride][:, :, :h_out, :w_out]
            y = y + torch.einsum("oc,bchw->bohw", w[:, :, u, v], seen)
    return y if b is None else y + b[:, None, None]


class Conv2d(nn.Module):
    """A convolution that owns its kernel, drawn as He et al. draw it.

        weight ~ N(0, 2 / fan_in),  fan_in = in_channels kernel_size^2,  bias = 0

    Shapes: weight (O, C, k, k), bias (O,).
    He et al. 2015 (1502.01852), eq. 10.
    """

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

    def forward(self, x: Float[Tensor, "B C H W"]) -> Float[Tensor, "B O Hout Wout"]:
        return conv2d(x, self.weight, self.bias, self.stride, self.padding, self.dilation)
