"""backward() with the states as its only inputs, which writes their .grad and nobody else's."""

import torch


def grad_through_time(step, loss, x, h0, floor=1e-30):
    recorded = torch.is_grad_enabled()
    torch.set_grad_enabled(True)
    try:
        h = h0.clone().requires_grad_(True)
        states = []
        for t in range(x.shape[0]):
            h = step(x[t], h)
            if not any(h is other for other in states):
                h.retain_grad()
            states.append(h)
        loss(h).backward(inputs=list({id(h): h for h in states}.values()))
        flow = torch.stack([torch.zeros_like(h) if h.grad is None else h.grad for h in states]).detach()
    finally:
        torch.set_grad_enabled(recorded)
    sizes = torch.sqrt((flow**2).sum(dim=2))
    shares = torch.nan_to_num(sizes / sizes[-1:], nan=0.0, posinf=0.0)
    return shares, torch.log10(torch.maximum(shares, torch.full_like(shares, floor)))
