"""The gradients of your convolution, by hand: what autograd did for you in `cnn/conv2d`."""

import torch
from torch import Tensor


def conv2d_backward(
    dy: Tensor, x: Tensor, w: Tensor, stride: int = 1, padding: int = 0, dilation: int = 1
) -> tuple[Tensor, Tensor, Tensor]:
    """Given dy = dL/dy of y = conv2d(x, w, b, stride, padding, dilation), return (dx, dw, db), in this order.

        dx[n, c, a, e] = sum of w[o, c, u, v] dy[n, o, i, j] over all o, u, v, i, j
                         for which i s + u d = a + p and j s + v d = e + p
        dw[o, c, u, v] = sum over n, i, j of dy[n, o, i, j] xpad[n, c, i s + u d, j s + v d]
        db[o]          = sum over n, i, j of dy[n, o, i, j]

    Shapes:  dy (B, O, H', W'), x (B, C, H, W), w (O, C, kh, kw)
             ->  dx (B, C, H, W), dw (O, C, kh, kw), db (O,)
    Symbols: s stride, p padding, d dilation; xpad is x with p rows or columns of zeros on each of its four sides.
             H' = floor((H + 2 p - d (kh - 1) - 1) / s) + 1, W' alike: dy comes with these sizes.

    The three are sums, never means: whether the loss averages over the batch is in dy already. db is returned always
    (without a bias the caller drops it). Pixels of x that no window reaches, where the stride leaves a rest or steps
    over them, have gradient 0. The gradient of the padding is dropped. The results have the dtype and the device of
    what comes in; to work on every device, no value is read out of a tensor (.item()). dy, x and w stay as they were
    and may lie in memory in any order. Every call stands for itself: nothing is added up from one call to the next. No
    gradient has to flow through the results.

    Plain tensor operations only: autograd (also torch.func), torch's convolutions and transposed convolutions, F.unfold
    and F.fold are refused while this runs.

    Dumoulin and Visin 2016 (arXiv 1603.07285), section 4; Goodfellow et al. 2016, Deep Learning, section 9.5.
    """
    raise NotImplementedError("your turn: conv2d_backward")
