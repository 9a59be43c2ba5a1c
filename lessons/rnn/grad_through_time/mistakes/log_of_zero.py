"""The logarithm of zero is taken: minus infinity, which no chart can draw and no mean survives. A floor stands in for zero."""

import torch

EQUATION = "log10(relative[t])"
HINT = 1


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
    relative = torch.where(last > 0, norms / last, torch.zeros_like(norms)).detach()
    return relative, relative.log10()
