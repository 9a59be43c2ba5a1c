"""parameters is walked through twice. A generator is empty the second time, so nothing is scaled: keep a list."""

import torch

EQUATION = "g <- g,  where parameters is a generator"
HINT = 2


def clip_grad_norm(parameters, max_norm):
    norms = [torch.linalg.vector_norm(p.grad) for p in parameters if p.grad is not None]
    if not norms:
        return torch.zeros(())
    norm = torch.linalg.vector_norm(torch.stack(norms))
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    for p in parameters:
        if p.grad is not None:
            p.grad.mul_(factor)
    return norm
