"""A zero is added to every state: the gradient of what was added is the gradient of the state."""

import torch


@torch.enable_grad()
def grad_through_time(step, loss, x, h0, floor=1e-30):
    nudges = torch.zeros((len(x), *h0.shape), dtype=h0.dtype, device=h0.device, requires_grad=True)
    h = h0.detach()
    for x_t, nudge in zip(x.detach(), nudges):
        h = step(x_t, h) + nudge
    flow = torch.autograd.grad(loss(h), nudges)[0]
    norms = torch.einsum("tbh,tbh->tb", flow, flow).sqrt()
    relative = torch.where(norms[-1] == 0, torch.zeros_like(norms), norms / norms[-1])
    with torch.no_grad():
        return relative, torch.log10(torch.where(relative < floor, torch.full_like(relative, floor), relative))
