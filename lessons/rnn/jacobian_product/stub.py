"""How far the past reaches: the product of a recurrent net's Jacobians, and the bound on it."""

import torch
from torch import Tensor


def jacobian_product(h: Tensor, u: Tensor) -> Tensor:
    """Return dh_T/dh_t of h_t = tanh(W x_t + U h_{t-1} + b), for every t from 0 to T and every sequence.

        dh_k/dh_{k-1} = diag(1 - h_k^2) U
        dh_T/dh_t     = dh_T/dh_{T-1} ... dh_{t+1}/dh_t,   the latest step leftmost

    Shapes:  h (T, B, H), u (H, H)  ->  J (T + 1, B, H, H)
    Symbols: h[t - 1] is h_t. J[t, n, i, j] is the derivative of h_T[n, i] by h_t[n, j], so J[0] goes back to h_0 and
             J[T] is the identity.

    Pascanu et al. 2013 (arXiv 1211.5063), eq. 5. Their state is the sum before tanh, so their factors look turned.
    """
    raise NotImplementedError("your turn: jacobian_product")


def jacobian_bound(u: Tensor, steps: int, gamma: float = 1.0) -> Tensor:
    """Return what the spectral norm of dh_T/dh_t cannot exceed, for every t from 0 to T.

        ||dh_T/dh_t|| <= (gamma sigma_max)^(T - t)

    Shapes:  u (H, H)  ->  bound (T + 1,), bound[t] for dh_T/dh_t
    Symbols: T = steps, 0 or more; sigma_max the largest singular value of U; gamma the most that |tanh'| can be: 1
             anywhere, less where the states are known to stay away from 0.

    Of both: the results have the dtype and the device of what comes in; h and u stay as they were. No gradient has to
    flow through the results. Singular values may be taken from torch.linalg; autograd (also torch.func) is refused.

    Pascanu et al. 2013 (arXiv 1211.5063), section 2.1, eq. 6 and 7.
    """
    raise NotImplementedError("your turn: jacobian_bound")
