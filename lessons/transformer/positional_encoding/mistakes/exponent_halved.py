"""The exponent is i/d for the wave number i. The 2 is missing, so the slowest wave is a hundred times too fast."""

import torch

EQUATION = "angle = pos / 10000^(i/d)"
HINT = 2
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    pos = torch.arange(n)[:, None]
    i = torch.arange(d // 2)[None, :]
    angle = pos / torch.pow(10000.0, i / d)
    waves = [torch.sin(angle), torch.cos(angle)]
    if CONVENTIONS["layout"] == "concatenated":
        return torch.cat(waves, dim=1)
    return torch.stack(waves, dim=2).reshape(n, d)
