"""After backward() a state has no .grad, for it is no leaf: None, which was taken for zero. Ask for it with retain_grad() before, or use torch.autograd.grad."""

import torch

EQUATION = "dL/dh_t = h_t.grad = None"
HINT = 1


def grad_through_time(step, loss, x, h0, floor=1e-30):
    with torch.enable_grad():
        h = h0.detach().requires_grad_()
        states = []
        for x_t in x:
            h = step(x_t, h)
            states.append(h)
        loss(h).backward()
        gradients = [h.grad for h in states]
    gradients = [torch.zeros_like(h) if g is None else g for g, h in zip(gradients, states)]
    norms = torch.stack([g.norm(dim=-1) for g in gradients])
    last = norms[-1]
    relative = torch.where(last > 0, norms / last, torch.zeros_like(norms)).detach()
    return relative, relative.clamp(min=floor).log10()
