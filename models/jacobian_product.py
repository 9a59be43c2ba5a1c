"""How far a state reaches: the Jacobians of a vanilla recurrent net multiplied over time, and their bound."""

import torch
from jaxtyping import Float
from torch import Tensor


def jacobian_product(h: Float[Tensor, "T B H"], u: Float[Tensor, "H H"]) -> Float[Tensor, "T+1 B H H"]:
    """dh_T/dh_t for every t from 0 to T and every sequence.

        dh_T/dh_t = diag(1 - h_T^2) U  diag(1 - h_{T-1}^2) U  ...  diag(1 - h_{t+1}^2) U

    Shapes: h (T, B, H), u (H, H); out (T + 1, B, H, H), out[t, n, i, j] = dh_T[n, i] / dh_t[n, j].
    Symbols: h[t - 1] is h_t = tanh(W x_t + U h_{t-1} + b); out[T] is the identity.
    Pascanu et al. 2013 (1211.5063), eq. 5, with the state after tanh instead of before it.
    """
    steps, batch, units = h.shape
    products = h.new_empty(steps + 1, batch, units, units)
    products[steps] = torch.eye(units, dtype=h.dtype, device=h.device)
    for t in reversed(range(steps)):
        step = (1 - h[t] ** 2)[:, :, None] * u  # (B, H, H): dh_{t+1}/dh_t
        products[t] = products[t + 1] @ step
    return products


def jacobian_bound(u: Float[Tensor, "H H"], steps: int, gamma: float = 1.0) -> Float[Tensor, " T+1"]:
    """What the spectral norm of dh_T/dh_t cannot exceed, for every t from 0 to T.

        ||dh_T/dh_t|| <= (gamma sigma_max)^(T - t)

    Shapes: u (H, H); out (T + 1,), out[t] belongs to dh_T/dh_t.
    Symbols: T = steps, sigma_max the largest singular value of U, gamma the most that |tanh'| can be, 1.
    Pascanu et al. 2013 (1211.5063), section 2.1, eq. 6 and 7.
    """
    sigma_max = torch.linalg.svdvals(u).amax()
    left = torch.arange(steps, -1, -1, dtype=u.dtype, device=u.device)
    return (gamma * sigma_max) ** left
