"""The result is float32 whatever torch's default is. Added to float64 numbers, it leaves them right to seven digits only."""

import torch

EQUATION = "PE in float32"
HINT = 3
CONVENTIONS = {"layout": "interleaved"}


def positional_encoding(n, d):
    position = torch.arange(n, dtype=torch.float32).unsqueeze(1)
    angle = position / 10000 ** (torch.arange(0, d, 2, dtype=torch.float32) / d)
    pe = torch.zeros(n, d, dtype=torch.float32)
    if CONVENTIONS["layout"] == "interleaved":
        pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
    else:
        pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
    return pe
