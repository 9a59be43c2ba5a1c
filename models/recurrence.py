"""A vanilla recurrent net: one state, written anew at every step by the same three weights."""

import torch
from jaxtyping import Float
from torch import Tensor


def rnn_forward(
    x: Float[Tensor, "T B D"],
    h0: Float[Tensor, "B H"],
    w: Float[Tensor, "H D"],
    u: Float[Tensor, "H H"],
    b: Float[Tensor, " H"],
) -> Float[Tensor, "T B H"]:
    """Run the net over a batch of sequences and return every state, h_1 to h_T.

        h_t = tanh(W x_t + U h_{t-1} + b),   t = 1 .. T

    Shapes: x (T, B, D), h0 (B, H), w (H, D), u (H, H), b (H,); out (T, B, H), out[t - 1] is h_t.
    Symbols: T steps, B sequences, D inputs, H units.
    Elman 1990; Goodfellow et al. 2016, section 10.2, eq. 10.8 and 10.9.
    """
    h, states = h0, []
    for x_t in x:
        h = torch.tanh(x_t @ w.T + h @ u.T + b)
        states.append(h)
    return torch.stack(states)
