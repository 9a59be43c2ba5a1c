"""How much of the gradient of a loss at the last step arrives at each earlier state."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

FLOOR = 1e-30


def grad_through_time(
    step: Callable[[Tensor, Tensor], Tensor],
    loss: Callable[[Tensor], Tensor],
    x: Float[Tensor, "T B D"],
    h0: Float[Tensor, "B H"],
    floor: float = FLOOR,
) -> tuple[Float[Tensor, "T B"], Float[Tensor, "T B"]]:
    """The norm of dL/dh_t of every step and sequence, relative to the last step, and its log10.

        h_t = step(x_t, h_{t-1}),   L = loss(h_T)
        relative[t] = |dL/dh_t|_2 / |dL/dh_T|_2        log10[t] = log10(max(relative[t], floor))

    Shapes: x (T, B, D), h (B, H), results (T, B); the norm is over H. Where dL/dh_T = 0 the whole sequence is 0.
    An LSTM's joint state is h and c side by side in one tensor. No .grad is written.
    Pascanu, Mikolov and Bengio 2013 (arXiv 1211.5063), section 2, eq. 3 to 5.
    """
    states: list[Tensor] = []
    with torch.enable_grad():
        h = h0.detach().requires_grad_()  # so that there is a graph, also where the step's numbers are frozen
        for x_t in x.detach():
            h = step(x_t, h)  # (B, H)
            if not h.requires_grad:
                h = h.requires_grad_()  # a step that ignores h; nothing arrives before it
            states.append(h)
        gradients = torch.autograd.grad(loss(h), states, allow_unused=True, materialize_grads=True)
    norms = torch.stack([torch.linalg.vector_norm(g, dim=-1) for g in gradients])  # (T, B)
    relative = torch.where(norms[-1] > 0, norms / norms[-1], 0.0)
    return relative, relative.clamp(min=floor).log10()
