"""Scores to probabilities, and the loss of sentences that are filled up with padding."""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int) -> Tensor:
    """Positive numbers that add up to 1 along one axis.

        softmax(x)_i = exp(x_i) / sum_j exp(x_j)        along `dim`, for every other place by itself

    Shapes:  x of any shape, dim any of its axes, counted from the front or (negative) from the back  ->  x's shape

    A score of -inf gets 0, where another score beside it is finite. Scores may lie far apart: a row about 700 and one
    about -700, in float64, each have a softmax of their own; a score of 1000 is no reason for inf or nan.

    The result has x's dtype and device, x stays as it was, and its gradient arrives. torch's softmax and log_softmax
    are refused while this runs.

    Bridle 1990, "Probabilistic Interpretation of Feedforward Classification Network Outputs"; Vaswani et al. 2017
    (arXiv 1706.03762), eq. 1.
    """
    raise NotImplementedError("your turn: softmax")


def cross_entropy(logits: Tensor, targets: Tensor, pad: int) -> Tensor:
    """The mean surprise at the targets that are no padding, in nats a token.

        loss = 1/N sum over the N positions with y != pad of  -ln p[y],    p = softmax(logits) over the last axis

    Shapes:  logits (..., V), targets (...) of int64, from 0 to V - 1  ->  a tensor without axes, of the logits' dtype
    Padding: `pad` is one of the V ids. A target that is `pad` counts nowhere, neither above nor below the line; p has
             all V ids all the same. Where every target is padding, N = 0, the loss is 0 and its gradient is 0: it
             still hangs on the logits, so that backward goes through.

    Logits of 1000 are no reason for inf or nan. torch's softmax, log_softmax, cross_entropy and nll_loss are refused;
    logsumexp is not.
    """
    raise NotImplementedError("your turn: cross_entropy")
