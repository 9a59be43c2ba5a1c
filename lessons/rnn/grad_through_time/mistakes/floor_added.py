"""The floor is added, so everything near it is lifted, and what lies at it is told twice as large. The floor is a least value: max."""

import torch

EQUATION = "log10(relative[t] + floor)"
HINT = 2


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
    return relative, (relative + floor).log10()
