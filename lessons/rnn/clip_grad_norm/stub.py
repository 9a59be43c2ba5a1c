"""Gradient clipping: what keeps one bad step from throwing a recurrent net out of its valley."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn


def clip_grad_norm(parameters: Iterable[nn.Parameter], max_norm: float) -> Tensor:
    """Scale all gradients down together until their common norm is at most max_norm; return the norm before.

        norm = sqrt(sum over all parameters and all their entries of g^2)
        g <- g min(1, max_norm / norm)      for every gradient, with one factor for all

    `parameters` is any iterable, also a generator as model.parameters() is: it can be walked through once only. Where
    a parameter's .grad is None, it has no part in the norm and stays None. Gradients have any shape, () too, may lie
    in memory in any order, and may differ in dtype; each keeps its own. max_norm is positive.

    Scaling is in place: .grad stays the same tensor, since others may hold it. The parameters themselves are left
    alone. Gradients whose norm is below max_norm are left as they are.
    The norm comes back as a tensor with no axes (a float is accepted); without any gradient it is 0.
    torch adds 1e-6 to the norm it divides by: with or without it, both are accepted.
    torch's own clipping is refused while this runs.

    Pascanu et al. 2013 (arXiv 1211.5063), section 3.2, Algorithm 1.
    """
    raise NotImplementedError("your turn: clip_grad_norm")
