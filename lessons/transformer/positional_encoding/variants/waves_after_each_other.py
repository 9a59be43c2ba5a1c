"""All sines, then all cosines, by an outer product."""

import torch

CONVENTIONS = {"layout": "concatenated"}


def positional_encoding(n, d):
    wavelengths = torch.pow(torch.tensor(10_000.0), torch.arange(d // 2) / (d // 2))
    angles = torch.outer(torch.arange(n) + 0.0, 1.0 / wavelengths)
    return torch.hstack([torch.sin(angles), torch.cos(angles)])
