"""Gradient flow through time: how much of a loss at the end arrives at each earlier step."""

from collections.abc import Callable

import torch
from torch import Tensor


def grad_through_time(
    step: Callable[[Tensor, Tensor], Tensor],
    loss: Callable[[Tensor], Tensor],
    x: Tensor,
    h0: Tensor,
    floor: float = 1e-30,
) -> tuple[Tensor, Tensor]:
    """|dL/dh_t| for every step t, where the loss L is taken at the last step alone.

        h_t = step(x_t, h_{t-1})    t = 1, ..., T      L = loss(h_T)
        relative[t] = |dL/dh_t| / |dL/dh_T|            log10[t] = log10(max(relative[t], floor))

    dL/dh_t is the whole gradient: by h_t on everything after it. |.| is the square root of the sum of squares over
    the H numbers of one state, for each sequence of the batch alone; no mean over the batch is taken.

    step:    step(x_t, h) -> new h, any recurrent step. Its parameters may be frozen, x and h0 ask for no gradients:
             then there is a graph only if you ask for one. A step may return the h it was given, or ignore it.
             (For an LSTM it takes and returns the joint state, h and c side by side in one (B, 2H) tensor.)
    loss:    loss(h_T) -> a tensor without axes.
    shapes:  x (T, B, D), T >= 1, h0 (B, H)  ->  relative and log10, (T, B) each. Their first row (index 0) belongs to
             h_1, the state after x[0]; their last one to h_T. h0 has no row.
    zeros:   where a gradient is exactly zero, relative is 0 and log10 is that of floor, not minus infinity; all that is
             below the floor has its log10, and nothing is added to what is above. A sequence with dL/dh_T = 0 is 0
             everywhere, the last row too.
    Results are of h0's dtype and device, without a graph. It works under torch.no_grad() as well, and gradients are
    recorded afterwards exactly if they were before. No .grad is written: not of the step's parameters, not of x, not
    of h0; none of them is changed.

    Pascanu, Mikolov and Bengio 2013 (arXiv 1211.5063), section 2, eq. 3 to 5.
    """
    raise NotImplementedError("your turn: grad_through_time")
