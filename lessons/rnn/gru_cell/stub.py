"""One step of a GRU in your own words: two gates, and the hidden state is all there is to carry."""

import torch
from torch import Tensor

# Papers and libraries differ in two places; declare what your code does, written out as here.
#   update  "cho"     h' = (1 - z) n + z h        Cho et al., torch: z keeps the old state
#           "chung"   h' = z n + (1 - z) h        Chung et al.: z takes in the new one
#   reset   "after"   r (U_n h + v_n)             cuDNN, torch: the product first, then the gate
#           "before"  U_n (r h) + v_n             Cho et al.: the gate first, then the product
CONVENTIONS = {"update": "cho", "reset": "after"}


def gru_cell(x: Tensor, h: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor, b_hh: Tensor) -> Tensor:
    """Take in one input, and give the new hidden state h'.

        r = sigmoid(W_r x + b_r + U_r h + v_r)
        z = sigmoid(W_z x + b_z + U_z h + v_z)
        n = tanh(W_n x + b_n + r (U_n h + v_n))        by "after"; by "before": tanh(W_n x + b_n + U_n (r h) + v_n)
        h' = (1 - z) n + z h                           by "cho";   by "chung":  z n + (1 - z) h

    Shapes:  x (B, D), h (B, H), w_ih (3H, D), w_hh (3H, H), b_ih and b_hh (3H,)  ->  h' (B, H)
    Symbols: r reset gate, z update gate, n candidate. Their rows lie in this order, H of each: W_r, W_z, W_n in w_ih,
             U_r, U_z, U_n in w_hh, b_r, b_z, b_n in b_ih, v_r, v_z, v_n in b_hh.

    The result has x's dtype and device; x and h stay as they were. Gradients go to all six. torch's own recurrent
    cells are refused.

    Cho et al. 2014 (arXiv 1406.1078), eq. 5 to 8; Chung et al. 2014 (arXiv 1412.3555), section 3.2.
    """
    raise NotImplementedError("your turn: gru_cell")
