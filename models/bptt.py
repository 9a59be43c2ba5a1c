"""Back-propagation through time by hand: the gradients of a vanilla recurrent net."""

import torch
from jaxtyping import Float
from torch import Tensor


def bptt(
    dh: Float[Tensor, "T B H"],
    x: Float[Tensor, "T B D"],
    h0: Float[Tensor, "B H"],
    h: Float[Tensor, "T B H"],
    w: Float[Tensor, "H D"],
    u: Float[Tensor, "H H"],
) -> tuple[
    Float[Tensor, "T B D"], Float[Tensor, "B H"], Float[Tensor, "H D"], Float[Tensor, "H H"], Float[Tensor, " H"]
]:
    """Send the loss's own gradient at every state back through h_t = tanh(W x_t + U h_{t-1} + b).

        g_t = dh_t + U^T da_{t+1},   da_{T+1} = 0;   da_t = (1 - h_t^2) g_t
        dx_t = W^T da_t,   dh0 = U^T da_1
        dW = sum_t da_t x_t^T,   dU = sum_t da_t h_{t-1}^T,   db = sum_t da_t   (and over the batch)

    Shapes: dh, h (T, B, H), x (T, B, D), h0 (B, H), w (H, D), u (H, H); dx, dh0, dw, du as these, db (H,).
    Symbols: dh[t - 1] is dL/dh_t as the loss reads h_t directly; h holds h_1 .. h_T; da_t belongs to what tanh got.
    Goodfellow et al. 2016, section 10.2.2, eq. 10.20 to 10.28; Werbos 1990.
    """
    before = torch.cat([h0[None], h[:-1]])  # (T, B, H): h_0 .. h_{T-1}
    da = torch.empty_like(h)
    back = torch.zeros_like(h0)  # what arrives from the step after
    for t in reversed(range(len(h))):
        da[t] = (1 - h[t] ** 2) * (dh[t] + back)
        back = da[t] @ u
    dw = torch.einsum("tbh,tbd->hd", da, x)
    du = torch.einsum("tbh,tbk->hk", da, before)
    return da @ w, back, dw, du, da.sum(dim=(0, 1))
