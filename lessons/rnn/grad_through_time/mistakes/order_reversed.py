"""The rows begin at the last step. That is the order in which the gradient flows, not the order of the text."""

import torch

EQUATION = "row t = dL/dh_{T-t}"
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
    norms = torch.stack([g.norm(dim=-1) for g in reversed(gradients)])
    last = norms[0]
    relative = torch.where(last > 0, norms / last, torch.zeros_like(norms)).detach()
    return relative, relative.clamp(min=floor).log10()
