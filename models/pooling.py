"""Pooling in two ways, the largest number of a window or its mean, and the way back of each."""

from jaxtyping import Float
from torch import Tensor, nn

Pair = tuple[int, int]


def max_pool2d(
    x: Float[Tensor, "B C H W"], kernel_size: Pair, stride: int, padding: int = 0
) -> Float[Tensor, "B C Hout Wout"]:
    """The largest number of every window.

        y[n, c, i, j] = max over u < kh, v < kw of xpad[n, c, i s + u, j s + v]
        Hout = floor((H + 2 p - kh) / s) + 1, Wout alike

    Shapes: x (B, C, H, W), out (B, C, Hout, Wout).
    Symbols: kernel_size is (kh, kw), s stride, p padding; xpad is x with p rows or columns of -inf on each side.
    Goodfellow, Bengio and Courville 2016, section 9.3; sizes as in Dumoulin and Visin 2016, section 3.
    """
    return _windows(x, kernel_size, stride, padding, float("-inf")).amax(dim=(-2, -1))


def max_pool2d_backward(
    dy: Float[Tensor, "B C Hout Wout"], x: Float[Tensor, "B C H W"], kernel_size: Pair, stride: int, padding: int = 0
) -> Float[Tensor, "B C H W"]:
    """Each output's gradient goes to the one input that it was copied from.

        dx[n, c, a, b] = sum of dy[n, c, i, j] over the windows (i, j) whose maximum is x[n, c, a, b]

    Of equal maxima the first in row-major order takes all. A pixel of several windows gets the sum.
    Shapes: dy (B, C, Hout, Wout), x and out (B, C, H, W).
    """
    height, width = (side + 2 * padding for side in x.shape[2:])
    windows = _windows(x, kernel_size, stride, padding, float("-inf"))  # (B, C, Hout, Wout, kh, kw)
    inside = windows.flatten(-2).argmax(dim=-1)  # (B, C, Hout, Wout), the first of equal ones
    i, j = (dy.new_ones(size).cumsum(0).long() - 1 for size in dy.shape[2:])  # 0, 1, ... on the device of dy
    row = stride * i[:, None] + inside // kernel_size[1]
    column = stride * j + inside % kernel_size[1]
    dxpad = dy.new_zeros(*dy.shape[:2], height * width)
    dxpad.scatter_add_(2, (row * width + column).flatten(2), dy.flatten(2))
    return dxpad.unflatten(2, (height, width))[:, :, padding : height - padding, padding : width - padding]


def avg_pool2d(
    x: Float[Tensor, "B C H W"], kernel_size: Pair, stride: int, padding: int = 0
) -> Float[Tensor, "B C Hout Wout"]:
    """The mean of every window's own pixels; padding is not counted.

        y[n, c, i, j] = 1 / m[i, j] sum over u < kh, v < kw of xpad[n, c, i s + u, j s + v]

    Shapes: x (B, C, H, W), out (B, C, Hout, Wout), m (Hout, Wout).
    Symbols: m[i, j] is how many pixels of x lie in window (i, j); xpad is x with p zeros on each side.
    """
    total = _windows(x, kernel_size, stride, padding, 0.0).sum(dim=(-2, -1))
    return total / _pixels_in_windows(x, kernel_size, stride, padding)


def avg_pool2d_backward(
    dy: Float[Tensor, "B C Hout Wout"], x: Float[Tensor, "B C H W"], kernel_size: Pair, stride: int, padding: int = 0
) -> Float[Tensor, "B C H W"]:
    """Each output's gradient is shared evenly by the pixels of its window.

        dx[n, c, a, b] = sum of dy[n, c, i, j] / m[i, j] over the windows (i, j) in which (a, b) lies

    Shapes: dy (B, C, Hout, Wout), x and out (B, C, H, W). Of x only the shape matters: the mean is linear.
    """
    (kh, kw), (h_out, w_out) = kernel_size, dy.shape[2:]
    height, width = (side + 2 * padding for side in x.shape[2:])
    share = dy / _pixels_in_windows(x, kernel_size, stride, padding)  # (B, C, Hout, Wout)
    dxpad = dy.new_zeros(*dy.shape[:2], height, width)
    for u in range(kh):
        for v in range(kw):
            dxpad[:, :, u : u + stride * h_out : stride, v : v + stride * w_out : stride] += share
    return dxpad[:, :, padding : height - padding, padding : width - padding]


def _windows(
    x: Float[Tensor, "B C H W"], kernel_size: Pair, stride: int, padding: int, value: float
) -> Float[Tensor, "B C Hout Wout kh kw"]:
    """Every window of x, `value` all around it; a view of the padded x, so an overlap costs nothing."""
    xpad = nn.functional.pad(x, (padding, padding, padding, padding), value=value)
    return xpad.unfold(2, kernel_size[0], stride).unfold(3, kernel_size[1], stride)


def _pixels_in_windows(
    x: Float[Tensor, "B C H W"], kernel_size: Pair, stride: int, padding: int
) -> Float[Tensor, "1 1 Hout Wout"]:
    """m[i, j]: how many pixels of x lie in each window."""
    ones = x.new_ones(1, 1, *x.shape[2:])
    return _windows(ones, kernel_size, stride, padding, 0.0).sum(dim=(-2, -1))
