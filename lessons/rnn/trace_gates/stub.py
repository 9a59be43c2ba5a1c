"""Watching an LSTM cell read: what its gates do at every character of a text."""

import torch
from torch import Tensor, nn


def trace_gates(
    net: nn.Module, ids: Tensor, gate_order: str = "ifgo", state: tuple[Tensor, Tensor] | None = None
) -> dict[str, Tensor]:
    """Run the net's LSTM cell over a text of character ids and record all its gates and both its states.

        x_t = dropout(embedding(ids[t]))
        a   = W_ih x_t + b_ih + W_hh h_{t-1} + b_hh         four blocks of H numbers, in the order of gate_order
        i = sigmoid(a_i)   f = sigmoid(a_f)   g = tanh(a_g)   o = sigmoid(a_o)
        c_t = f c_{t-1} + i g              h_t = o tanh(c_t)

    net:         net.embedding(ids) is (T, D), net.dropout(...) keeps that shape; net.cell has the parameters
                 weight_ih (4H, D), weight_hh (4H, H), bias_ih (4H,) and bias_hh (4H,), and
                 net.cell(x, (h, c)) -> (h, c) is one step, of (B, D) or of (D,). You may call it; it tells no gates.
    ids:         (T,) of int64, T >= 1.
    gate_order:  which gate each block of H rows belongs to. torch's is "ifgo"; "ifog", for one, is used as well.
    state:       (h, c) before the first character, (H,) each, left as they are; zeros where it is None.
    result:      a dict of six (T, H) tensors under "i", "f", "g", "o" (after sigmoid or tanh), "c" and "h". Row t of
                 each belongs to ids[t]: what the gates were when ids[t] was read, and c and h after it.
    Every call reads as in evaluation: no dropout. The results are ordinary tensors without a graph (no inference_mode),
    of the dtype and on the device of the parameters.
    Afterwards, also when something raises (an id beyond the vocabulary does), the net is as it was: each part in its
    own training mode, which may differ from part to part; parameters, their requires_grad and .grad, and hooks
    untouched; gradients are recorded again if they were. What is raised reaches the caller.

    Karpathy, Johnson and Fei-Fei 2015 (arXiv 1506.02078), sections 3.1 (the cell) and 4.2 (its gates).
    """
    raise NotImplementedError("your turn: trace_gates")
