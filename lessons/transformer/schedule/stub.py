"""How the paper trains: a rate that warms up and falls, and targets that are not quite sure."""

import math

import torch
from torch import Tensor

# Sources differ in who gets the smoothing's share; declare what your code does, written out as here.
#   smoothing  "no-padding"  all tokens but padding, evenly: V - 1 of them
#              "all"         all V, padding too: Szegedy et al., torch
CONVENTIONS = {"smoothing": "no-padding"}


def noam(step: int, d_model: int, warmup: int) -> float:
    """The learning rate of a step, a Python float. Steps are counted from 1; a step of 0 counts as 1.

        rate = d_model^(-1/2) min(step^(-1/2), step warmup^(-3/2))

    For `warmup` steps it rises in proportion to the step, after them it falls with the inverse root; both meet at
    step = warmup, where the rate is highest.

    Vaswani et al. 2017 (arXiv 1706.03762), section 5.3, eq. 3.
    """
    raise NotImplementedError("your turn: noam")


def smoothed_cross_entropy(logits: Tensor, targets: Tensor, smoothing: float, pad: int) -> Tensor:
    """Cross entropy against targets of which a share e is spread over the vocabulary.

        q[v] = (1 - e) [v = target] + e u[v]        loss = -sum_v q[v] ln p[v],   p = softmax(logits)

        u[v] = 1/(V - 1), and u[pad] = 0            by "no-padding"
        u[v] = 1/V                                  by "all"

    Shapes:  logits (..., V), targets (...) of int64  ->  a tensor without axes, of the logits' dtype and device
    Symbols: e is smoothing, from 0 up to 1; pad the id of padding, any of the V; u goes to the target too.

    The loss is the mean over all positions whose target is not pad, whatever sentence they stand in. Positions whose
    target is pad give no loss and no gradient; if there are no others, the loss is 0. Logits of 1000 are no reason for
    inf or nan. Gradients reach the logits; logits and targets stay as they were. torch's cross_entropy and nll_loss are
    refused while this runs; log_softmax and logsumexp are not.

    Tensor2tensor and others leave 1 - e with the target exactly and share e among the rest: accepted as a variant, by
    either declaration.

    Szegedy et al. 2015 (arXiv 1512.00567), section 7; Vaswani et al. 2017, section 5.4: e = 0.1.
    """
    raise NotImplementedError("your turn: smoothed_cross_entropy")
