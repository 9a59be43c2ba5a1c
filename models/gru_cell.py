"""One step of a gated recurrent unit: two gates, and no cell state beside the hidden one."""

import torch
from jaxtyping import Float
from torch import Tensor

CONVENTIONS = {"update": "cho", "reset": "after"}


def gru_cell(
    x: Float[Tensor, "B D"],
    h: Float[Tensor, "B H"],
    w_ih: Float[Tensor, "G D"],
    w_hh: Float[Tensor, "G H"],
    b_ih: Float[Tensor, " G"],
    b_hh: Float[Tensor, " G"],
    *,
    update: str = CONVENTIONS["update"],
    reset: str = CONVENTIONS["reset"],
) -> Float[Tensor, "B H"]:
    """Take in one input; the new hidden state h'.

        r = sigmoid(W_r x + b_r + U_r h + v_r)    z = sigmoid(W_z x + b_z + U_z h + v_z)
        n = tanh(W_n x + b_n + r (U_n h + v_n))   reset "after"; with "before" U_n (r h) + v_n stands at the end
        h' = (1 - z) n + z h                      update "cho"; with "chung" z and 1 - z are exchanged

    Shapes: x (B, D), h and h' (B, H), w_ih (3H, D), w_hh (3H, H), b_ih and b_hh (3H,).
    Symbols: r reset gate, z update gate, n candidate; their rows lie in this order in W = w_ih, U = w_hh, b = b_ih and
    v = b_hh.
    Cho et al. 2014 (arXiv 1406.1078), eq. 5 to 8: reset before the product; Chung et al. 2014 (arXiv 1412.3555),
    section 3.2: z exchanged. After the product is how cuDNN and torch compute it.
    """
    w_r, w_z, w_n = (x @ w_ih.T + b_ih).chunk(3, dim=1)  # (B, H) each
    (u_r, u_z, u_n), (v_r, v_z, v_n) = w_hh.chunk(3), b_hh.chunk(3)  # (H, H) and (H,) each
    r = torch.sigmoid(w_r + h @ u_r.T + v_r)
    z = torch.sigmoid(w_z + h @ u_z.T + v_z)
    recurrent = (r * h) @ u_n.T + v_n if reset == "before" else r * (h @ u_n.T + v_n)
    n = torch.tanh(w_n + recurrent)
    kept = z if update == "cho" else 1.0 - z
    return kept * h + (1.0 - kept) * n
