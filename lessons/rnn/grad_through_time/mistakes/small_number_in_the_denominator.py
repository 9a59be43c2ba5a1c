"""A small number is added to the denominator. It bends every value, and most where the gradient is small itself."""

import torch

EQUATION = "relative[t] = |dL/dh_t| / (|dL/dh_T| + 1e-6)"
HINT = 3


def grad_through_time(step, loss, x, h0, floor=1e-30):
    with torch.enable_grad():
        h = h0.detach().requires_grad_()
        states = []
        for x_t in x:
            h = step(x_t, h)
            states.append(h)
        gradients = torch.autograd.grad(loss(h), states, allow_unused=True)
    gradients = [torch.zeros_like(h) if g is None else g for g, h in zip(gradients, states)]
    norms = torch.stack([g.norm(dim=-1) for g in gradients])
    last = norms[-1]
    relative = (norms / (last + 1e-6)).detach()
    return relative, relative.clamp(min=floor).log10()
