"""The first numbers of a weight, drawn by you so that a deep net starts alive."""

import torch
from torch import Tensor


def kaiming_init_(weight: Tensor, mode: str = "fan_in", distribution: str = "normal") -> Tensor:
    """Fill `weight` in place with independent random numbers of mean 0, and return it: the same tensor.

        std = sqrt(2 / fan)        fan_in = C kh kw,   fan_out = O kh kw
        distribution "normal":     N(0, std^2), nothing cut off
        distribution "uniform":    U(-a, a) with a^2 / 3 = std^2

    Shapes:  weight is (O, C) for a linear layer, (O, C, kh, kw) for a convolution: outputs first, as in torch.
    Symbols: O outputs, C inputs. fan_in is the paper's n_l, fan_out its n-hat_l. The 2 is the gain of ReLU.

    The numbers come from torch's global generator (what torch.manual_seed seeds; do not seed it yourself), in the
    dtype of the weight, which may be a view with strides. What was in the weight before does not matter. Whoever shares
    its memory sees the new numbers. weight is often an nn.Parameter: it stays a leaf, keeps its requires_grad, and no
    graph is recorded. Whether gradients are recorded (torch.is_grad_enabled) is left as it was found.

    Another mode or distribution, or a weight with fewer than two axes: ValueError. torch.nn.init is refused.

    He, Zhang, Ren and Sun 2015 (arXiv 1502.01852), section 2.2, eq. 10 (forward) and eq. 14 (backward).
    """
    raise NotImplementedError("your turn: kaiming_init_")
