"""The pieces of a character model: split, batches, loss in nats and in bits, and a sample of what it says."""

import math

import torch
from torch import Tensor


def split(ids: Tensor, share: float = 0.9) -> tuple[Tensor, Tensor]:
    """The text to train on and the text that is held out, cut once, before any window is cut.

        n = floor(share N)        train = ids[:n]        held_out = ids[n:]

    ids (N,) of int64, in the order of the text, and so are both parts. A share of 1 leaves nothing to hold out.
    """
    raise NotImplementedError("your turn: split")


def batches(ids: Tensor, batch_size: int, length: int) -> list[tuple[Tensor, Tensor]]:
    """The stream in batches of B rows of T characters, each with the next character as its target.

        K         = floor((N - 1) / (B T))                      batches; 0 of them give an empty list
        x_k[b, s] = ids[b K T + k T + s]                        k = 0, ..., K - 1
        y_k[b, s] = ids[b K T + k T + s + 1]

    Shapes:  ids (N,)  ->  K pairs (x_k, y_k), (B, T) each, of int64, with B = batch_size and T = length.

    So the stream is cut into B pieces that lie side by side, and row b of batch k + 1 goes on where row b of batch k
    ended: the state that the net has after batch k can be carried. No character is an input twice, none comes back
    from the beginning as a target, and what does not fill a batch, fewer than B T + 1 characters at the end, is left
    out. The order is fixed; nothing is shuffled.

    Karpathy, Johnson and Fei-Fei 2015 (arXiv 1506.02078), sections 3.1 and 3.2.
    """
    raise NotImplementedError("your turn: batches")


def nll(logits: Tensor, targets: Tensor) -> Tensor:
    """The mean negative log-likelihood of the targets under softmax(logits), in nats per character.

        nll = 1/M sum over all M positions of  -ln p[target],    p = softmax(logits) over the last axis

    Shapes:  logits (..., V), targets (...) of int64  ->  a tensor without axes, of the logits' dtype, from which the
    gradient reaches the logits. Logits of 1000 are no reason for inf or nan.
    torch's cross_entropy and nll_loss are refused while this runs; log_softmax and logsumexp are not.
    """
    raise NotImplementedError("your turn: nll")


def bits_per_character(nats: float) -> float:
    """The same surprise, told in bits: nats / ln 2. One bit is a fair coin. Takes and returns a Python float."""
    raise NotImplementedError("your turn: bits_per_character")


def sample(logits: Tensor, temperature: float, generator: torch.Generator) -> Tensor:
    """One character for each row of logits, drawn with a temperature.

        p = softmax(logits / temperature)        ids[b] ~ p[b], each row by itself

    Shapes:  logits (B, V)  ->  ids (B,) of int64. temperature > 0: below 1 likely characters get likelier, above 1
    all get more alike. Logits of 1000 are no reason for inf or nan.
    Chance:  comes from `generator` alone, which lives on the CPU as the logits do: the same state gives the same
             result, and each call moves it on. Torch's global generator and Python's `random` are left alone.
    """
    raise NotImplementedError("your turn: sample")
