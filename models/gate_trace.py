"""What every gate of an LSTM cell does, character by character."""

from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

NAMES = "ifgoch"


@torch.no_grad()
def trace_gates(
    net: nn.Module,
    ids: Int[Tensor, " T"],
    gate_order: str = "ifgo",
    state: tuple[Float[Tensor, " H"], Float[Tensor, " H"]] | None = None,
) -> dict[str, Float[Tensor, "T H"]]:
    """The gates i, f, g, o and the states c, h of `net.cell` after each of the characters, in evaluation mode.

        x_t = embedding(ids[t]),   [a_i, a_f, a_g, a_o] = W_ih x_t + b_ih + W_hh h_{t-1} + b_hh in the order declared
        i, f, o = sigmoid(a_i, a_f, a_o),   g = tanh(a_g),   c_t = f c_{t-1} + i g,   h_t = o tanh(c_t)

    Shapes: ids (T,), state (h, c) of (H,) each, zeros where none is given; row t of each result (T, H) belongs to
    ids[t]. The net is left as it was found, also when something raises.
    Karpathy, Johnson and Fei-Fei 2015 (arXiv 1506.02078), sections 3.1 and 4.2.
    """
    parts: Any = net  # its embedding, dropout and cell, which no type tells
    modes = [(part, part.training) for part in net.modules()]
    rows: dict[str, list[Tensor]] = {name: [] for name in NAMES}
    try:
        net.eval()
        w_ih, w_hh, bias = parts.cell.weight_ih, parts.cell.weight_hh, parts.cell.bias_ih + parts.cell.bias_hh
        h, c = (w_hh.new_zeros(w_hh.shape[1]), w_hh.new_zeros(w_hh.shape[1])) if state is None else state
        for x in parts.dropout(parts.embedding(ids)):  # (D,)
            blocks = (w_ih @ x + w_hh @ h + bias).chunk(4)  # four of (H,)
            a = dict(zip(gate_order, blocks, strict=True))
            i, f, g, o = a["i"].sigmoid(), a["f"].sigmoid(), a["g"].tanh(), a["o"].sigmoid()
            c = f * c + i * g
            h = o * c.tanh()
            for name, value in zip(NAMES, (i, f, g, o, c, h), strict=True):
                rows[name].append(value)
    finally:
        for part, training in modes:
            part.training = training
    return {name: torch.stack(values) for name, values in rows.items()}
