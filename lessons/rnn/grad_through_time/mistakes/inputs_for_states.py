"""The gradient of the inputs is followed, not that of the states. It has been through the input's matrix as well."""

import torch

EQUATION = "|dL/dx_t| / |dL/dx_T|"
HINT = 1


def grad_through_time(step, loss, x, h0, floor=1e-30):
    with torch.enable_grad():
        h = h0.detach().requires_grad_()
        states = [x_t.detach().requires_grad_() for x_t in x]
        for x_t in states:
            h = step(x_t, h)
        gradients = torch.autograd.grad(loss(h), states, allow_unused=True)
    gradients = [torch.zeros_like(h) if g is None else g for g, h in zip(gradients, states)]
    norms = torch.stack([g.norm(dim=-1) for g in gradients])
    last = norms[-1]
    relative = torch.where(last > 0, norms / last, torch.zeros_like(norms)).detach()
    return relative, relative.clamp(min=floor).log10()
