"""backward() writes .grad into everything that can be learned, on top of what was there. The next step of an optimiser takes it for its own."""

import torch

EQUATION = "W.grad <- W.grad + dL/dW"
HINT = 3


def grad_through_time(step, loss, x, h0, floor=1e-30):
    with torch.enable_grad():
        h = h0.detach().requires_grad_()
        states = []
        for x_t in x:
            h = step(x_t, h)
            h.retain_grad()
            states.append(h)
        loss(h).backward()
        gradients = [h.grad for h in states]
    gradients = [torch.zeros_like(h) if g is None else g for g, h in zip(gradients, states)]
    norms = torch.stack([g.norm(dim=-1) for g in gradients])
    last = norms[-1]
    relative = torch.where(last > 0, norms / last, torch.zeros_like(norms)).detach()
    return relative, relative.clamp(min=floor).log10()
