"""One step of a long short-term memory: gates decide what the cell forgets, takes in and shows."""

import torch
from jaxtyping import Float
from torch import Tensor

CONVENTIONS = {"gate_order": "ifgo"}


def lstm_cell(
    x: Float[Tensor, "B D"],
    h: Float[Tensor, "B H"],
    c: Float[Tensor, "B H"],
    w_ih: Float[Tensor, "G D"],
    w_hh: Float[Tensor, "G H"],
    b_ih: Float[Tensor, " G"],
    b_hh: Float[Tensor, " G"],
    *,
    gate_order: str = CONVENTIONS["gate_order"],
) -> tuple[Float[Tensor, "B H"], Float[Tensor, "B H"]]:
    """Take in one input; the new hidden state h' and the new cell state c'.

        i, f, o = sigmoid(W x + U h + b)    g = tanh(W x + U h + b)    c' = f c + i g    h' = o tanh(c')

    Shapes: x (B, D), h and c (B, H), w_ih (4H, D), w_hh (4H, H), b_ih and b_hh (4H,); h' and c' (B, H).
    Symbols: i input gate, f forget gate, o output gate, g candidate; each has its own H rows of W = w_ih, U = w_hh and
    b = b_ih + b_hh, in the order that `gate_order` spells.
    Hochreiter and Schmidhuber 1997; with the forget gate of Gers et al. 2000; Greff et al. 2017 (arXiv 1503.04069),
    section II, without the peepholes.
    """
    rows = (x @ w_ih.T + b_ih + h @ w_hh.T + b_hh).chunk(4, dim=1)  # four of (B, H)
    gates = dict(zip(gate_order, rows, strict=True))
    i, f, o = (torch.sigmoid(gates[gate]) for gate in "ifo")
    g = torch.tanh(gates["g"])
    c = f * c + i * g
    return o * torch.tanh(c), c
