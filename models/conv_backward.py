"""The gradients of a convolution by hand."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


def conv2d_backward(
    dy: Float[Tensor, "B O Hout Wout"],
    x: Float[Tensor, "B C H W"],
    w: Float[Tensor, "O C kh kw"],
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> tuple[Float[Tensor, "B C H W"], Float[Tensor, "O C kh kw"], Float[Tensor, " O"]]:
    """Send dL/dy back through y = conv2d(x, w, b) to the image, the kernels and the bias.

        dxpad[n, c, i s + u d, j s + v d] += w[o, c, u, v] dy[n, o, i, j]   for every o, i, j, u, v
        dw[o, c, u, v] = sum over n, i, j of dy[n, o, i, j] xpad[n, c, i s + u d, j s + v d]
        db[o] = sum over n, i, j of dy[n, o, i, j]

    Shapes: dy (B, O, Hout, Wout), x (B, C, H, W), w (O, C, kh, kw); dx, dw, db as x, w and (O,).
    Symbols: s stride, p padding, d dilation; dx is dxpad without its p rows and columns on each side.
    Dumoulin and Visin 2016 (1603.07285), section 4; Goodfellow et al. 2016, section 9.5.
    """
    (height, width), (h_out, w_out), (kh, kw) = x.shape[2:], dy.shape[2:], w.shape[2:]
    xpad = nn.functional.pad(x, (padding, padding, padding, padding))  # (B, C, H+2p, W+2p)
    dxpad, dw = torch.zeros_like(xpad), torch.zeros_like(w)
    for u in range(kh):
        for v in range(kw):
            rows = slice(u * dilation, u * dilation + (h_out - 1) * stride + 1, stride)
            columns = slice(v * dilation, v * dilation + (w_out - 1) * stride + 1, stride)
            dxpad[:, :, rows, columns] += torch.einsum("oc,bohw->bchw", w[:, :, u, v], dy)
            dw[:, :, u, v] = torch.einsum("bohw,bchw->oc", dy, xpad[:, :, rows, columns])
    dx = dxpad[:, :, padding : padding + height, padding : padding + width]
    return dx, dw, dy.sum(dim=(0, 2, 3))
