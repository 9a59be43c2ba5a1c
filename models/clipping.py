"""Gradient clipping by the norm of all gradients together."""

from collections.abc import Iterable

import torch
from torch import Tensor

EPS = 1e-6


def clip_grad_norm(parameters: Iterable[Tensor], max_norm: float) -> Tensor:
    """Scale all gradients down, in place, until their common norm is at most max_norm; return the norm before.

        norm = sqrt(sum over all parameters and their entries of g^2)
        g <- g min(1, max_norm / (norm + 1e-6))

    Parameters whose gradient is None are passed over. Without any gradient the norm is 0.
    Pascanu et al. 2013 (1211.5063), section 3.2, Algorithm 1.
    """
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    if not gradients:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(gradient) for gradient in gradients]))
    factor = torch.clamp(max_norm / (norm + EPS), max=1.0)
    for gradient in gradients:
        gradient.mul_(factor)
    return norm
