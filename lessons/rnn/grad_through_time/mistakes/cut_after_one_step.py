"""Each step gets a detached state, so nothing arrives before the last one: that is backpropagation cut after one step."""

import torch

EQUATION = "h_t = step(x_t, detach(h_{t-1}))"
HINT = 1


def grad_through_time(step, loss, x, h0, floor=1e-30):
    with torch.enable_grad():
        h = h0.detach().requires_grad_()
        states = []
        for x_t in x:
            h = step(x_t, h.detach().requires_grad_())
            states.append(h)
        gradients = torch.autograd.grad(loss(h), states, allow_unused=True)
    gradients = [torch.zeros_like(h) if g is None else g for g, h in zip(gradients, states)]
    norms = torch.stack([g.norm(dim=-1) for g in gradients])
    last = norms[-1]
    relative = torch.where(last > 0, norms / last, torch.zeros_like(norms)).detach()
    return relative, relative.clamp(min=floor).log10()
