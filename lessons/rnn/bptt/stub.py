"""Back-propagation through time by hand: what autograd did for you in `rnn/rnn_forward`."""

import torch
from torch import Tensor


def bptt(
    dh: Tensor, x: Tensor, h0: Tensor, h: Tensor, w: Tensor, u: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Given dh[t] of every state of h = rnn_forward(x, h0, w, u, b), return (dx, dh0, dw, du, db), in this order.

        g_t  = dh_t + U^T da_{t+1},   da_{T+1} = 0      all that reaches h_t
        da_t = (1 - h_t^2) g_t                          back through tanh
        dx_t = W^T da_t,   dh0 = U^T da_1
        dW = sum_t da_t x_t^T,   dU = sum_t da_t h_{t-1}^T,   db = sum_t da_t

    Shapes:  dh (T, B, H), x (T, B, D), h0 (B, H), h (T, B, H), w (H, D), u (H, H)
             ->  dx (T, B, D), dh0 (B, H), dw (H, D), du (H, H), db (H,)
    Symbols: dh[t - 1] is what the loss itself says of h_t, where it reads that state. What comes back through later
             states is not in it: you add that. h[t - 1] is h_t; h_0 is h0 and is not in h.

    dw, du and db are sums over steps and sequences, never means: whether the loss averages is in dh already. Nothing is
    cut off: the gradient goes back through all T steps. The results have the dtype and the device of what comes in; to
    work on every device, no value is read out of a tensor (.item()). What comes in stays as it was and may lie in
    memory in any order. Every call stands for itself. No gradient has to flow through the results.
    Plain tensor operations only: autograd (also torch.func) and torch's recurrent layers are refused while this runs.

    Goodfellow et al. 2016, Deep Learning, section 10.2.2, eq. 10.20 to 10.28; Werbos 1990.
    """
    raise NotImplementedError("your turn: bptt")
