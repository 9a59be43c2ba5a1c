"""A whole LSTM written by you, around a cell that is handed to it: layers, batches, and a state to carry on from."""

import torch
from torch import Tensor, nn


class LSTM(nn.Module):
    """Run the cell along time, layer upon layer; each layer has weights and a state of its own.

        h_k[t], c_k[t] = cell(in_k[t], h_k[t-1], c_k[t-1], weight_ih_lk, weight_hh_lk, bias_ih_lk, bias_hh_lk)
        in_0 = x        in_k = h_{k-1}, at the same t        out = h of the last layer, at every t

    Shapes:  x (B, T, D)  ->  out (B, T, H), (h, c) with h and c (L, B, H) each: every layer's state after the last t
             L = num_layers, D = input_size, H = hidden_size
    State:   `state` is such a pair, from which layer k begins with h[k] and c[k]; without it all begin with zeros. It
             stays as it was. Nothing is kept in the module from one call to the next.
    Graph:   the pair that comes back carries none (it is detached), so that backward ends at the border of two calls.
             Within a call gradients go through all of time. `out` carries its graph.
    Parts:   parameters named as torch's, k from 0: weight_ih_lk (4H, D), from layer 1 on (4H, H); weight_hh_lk
             (4H, H); bias_ih_lk and bias_hh_lk (4H,). Each begins uniform in [-1/sqrt(H), 1/sqrt(H)], in torch's
             default dtype. How the gates lie in the rows is the cell's business.
    Cell:    `cell` is called once for each layer and step, with tensors x (B, D) or (B, H), h and c (B, H), in the
             order above, and gives h' and c'. Your lstm_cell is one; others of the same form must work as well.

    torch's own recurrent layers are refused.

    Graves, Mohamed and Hinton 2013 (arXiv 1303.5778), section 2, eq. 11 (layers); Williams and Peng 1990 (truncation).
    """

    def __init__(self, cell, input_size: int, hidden_size: int, num_layers: int = 1) -> None:
        super().__init__()
        raise NotImplementedError("your turn: the parameters of LSTM")

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        raise NotImplementedError("your turn: LSTM.forward")
