"""No long graph: the states first, then one vector-Jacobian product after the other, from the end."""

import math

import torch


def grad_through_time(step, loss, x, h0, floor=1e-30):
    with torch.no_grad():
        states = []
        for x_t in x:
            states.append(step(x_t, states[-1] if states else h0))
    rows = []
    with torch.enable_grad():
        leaf = states[-1].detach().requires_grad_()
        flow = torch.autograd.grad(loss(leaf), leaf)[0]
        rows.append(flow)
        for t in range(len(x) - 1, 0, -1):
            leaf = states[t - 1].detach().requires_grad_()
            out = step(x[t], leaf)
            (arrived,) = torch.autograd.grad(out, leaf, flow, allow_unused=True) if out.requires_grad else (None,)
            flow = torch.zeros_like(flow) if arrived is None else arrived
            rows.append(flow)
    norms = torch.linalg.vector_norm(torch.stack(rows[::-1]), dim=-1)
    dead = norms[-1] == 0
    relative = norms / norms[-1].masked_fill(dead, 1.0)
    return relative, relative.log10().clamp(min=math.log10(floor))
