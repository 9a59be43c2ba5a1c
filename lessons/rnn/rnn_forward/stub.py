"""A recurrent net over a batch of sequences: the same three weights at every step."""

import torch
from torch import Tensor


def rnn_forward(x: Tensor, h0: Tensor, w: Tensor, u: Tensor, b: Tensor) -> Tensor:
    """Return every state of a vanilla recurrent net, h_1 to h_T.

        h_t = tanh(W x_t + U h_{t-1} + b),   t = 1 .. T,   h_0 is given

    Shapes:  x (T, B, D), h0 (B, H), w (H, D), u (H, H), b (H,)  ->  h (T, B, H), also where any of them is 1
    Symbols: T steps, B sequences, D inputs, H units. Time comes first, as in torch's RNN.
             x[t - 1] is the equation's x_t and h[t - 1] its h_t, since Python counts from 0. h0 is not in the result.

    W, U and b multiply a column; a batch holds its vectors as rows. T is 1 at least.
    The result has x's dtype and device; x, h0 and the weights stay as they were; gradients reach all five, through
    every step. Nothing is kept from one call to the next: who wants to go on hands h[-1] in as h0.
    Plain tensor operations only: torch's recurrent layers are refused while this runs.

    Goodfellow et al. 2016, Deep Learning, section 10.2, eq. 10.8 and 10.9; Elman 1990.
    """
    raise NotImplementedError("your turn: rnn_forward")
