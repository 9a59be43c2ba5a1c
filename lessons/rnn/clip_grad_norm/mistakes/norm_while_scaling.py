"""Norm and scaling share one loop, so early gradients are scaled by a norm that later ones are not yet part of."""

import torch

EQUATION = "g_k <- g_k min(1, max_norm / ||g_1 .. g_k||)"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    squares = torch.zeros(())
    for p in parameters:
        if p.grad is not None:
            squares = squares + torch.linalg.vector_norm(p.grad).square()
            p.grad.mul_((max_norm / (squares.sqrt() + 1e-6)).clamp(max=1.0))
    return squares.sqrt()
