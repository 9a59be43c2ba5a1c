"""Pooling in your own words: the largest number of a window, its mean, and how a gradient finds its way back."""

import torch
from torch import Tensor

# In all four functions
#   kernel_size is a pair (kh, kw); stride s and padding p are whole numbers, the same for rows and columns;
#   window (i, j) begins at row i s - p and column j s - p of x and is kh rows high and kw columns wide;
#   H' = floor((H + 2 p - kh) / s) + 1, W' alike with W and kw: a last step that does not fit is dropped;
#   p is at most half of kh and half of kw, so every window holds a pixel of x; x holds finite numbers.
# Results have the dtype and the device of x, and x and dy stay as they were, in whatever order they lie in memory.
# The backward functions are given x itself and work alone, without an earlier call of the forward ones.
# Plain tensor operations only: torch's poolings and autograd are refused while these run (unfold and fold are not).


def max_pool2d(x: Tensor, kernel_size: tuple[int, int], stride: int, padding: int = 0) -> Tensor:
    """The largest number of every window.

        y[n, c, i, j] = max over u < kh, v < kw of xpad[n, c, i s + u, j s + v]

    xpad is x with p rows or columns of minus infinity on each of its four sides: padding is never the maximum,
    however small the numbers of x are.

    Shapes:  x (B, C, H, W)  ->  y (B, C, H', W')

    Goodfellow, Bengio and Courville 2016, Deep Learning, section 9.3; sizes as in Dumoulin and Visin 2016
    (arXiv 1603.07285), section 3.
    """
    raise NotImplementedError("your turn: max_pool2d")


def max_pool2d_backward(dy: Tensor, x: Tensor, kernel_size: tuple[int, int], stride: int, padding: int = 0) -> Tensor:
    """The gradient of a loss in x, from its gradient dy in y = max_pool2d(x, ...).

        dx[n, c, a, b] = sum of dy[n, c, i, j] over the windows (i, j) whose maximum is pixel (a, b)

    Where several numbers of a window are equally large, the first one takes all, in reading order (row by row, from
    left to right). Windows may overlap: a pixel that is the maximum of several gets the sum.

    Shapes:  dy (B, C, H', W'), x (B, C, H, W)  ->  dx (B, C, H, W)
    """
    raise NotImplementedError("your turn: max_pool2d_backward")


def avg_pool2d(x: Tensor, kernel_size: tuple[int, int], stride: int, padding: int = 0) -> Tensor:
    """The mean of every window. Padding is not counted: m[i, j] is how many pixels of x lie in window (i, j).

        y[n, c, i, j] = 1 / m[i, j]  sum over the pixels (a, b) of x in window (i, j) of x[n, c, a, b]

    Shapes:  x (B, C, H, W)  ->  y (B, C, H', W')
    """
    raise NotImplementedError("your turn: avg_pool2d")


def avg_pool2d_backward(dy: Tensor, x: Tensor, kernel_size: tuple[int, int], stride: int, padding: int = 0) -> Tensor:
    """The gradient of a loss in x, from its gradient dy in y = avg_pool2d(x, ...).

        dx[n, c, a, b] = sum of dy[n, c, i, j] / m[i, j] over the windows (i, j) in which pixel (a, b) lies

    Of x only the shape matters; it is given so that both backward functions are called alike.

    Shapes:  dy (B, C, H', W'), x (B, C, H, W)  ->  dx (B, C, H, W)
    """
    raise NotImplementedError("your turn: avg_pool2d_backward")
