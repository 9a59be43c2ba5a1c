"""One sine for all columns: the cosine is a quarter of a turn ahead. It reads its own declaration."""

import torch

CONVENTIONS = {"layout": "concatenated"}


def positional_encoding(n, d):
    column = torch.arange(d)
    if CONVENTIONS["layout"] == "interleaved":
        wave, is_cosine = column // 2, column % 2
    else:
        wave, is_cosine = column % (d // 2), column // (d // 2)
    rate = 1e4 ** (-2.0 * wave / d)
    return torch.sin(torch.arange(n).reshape(-1, 1) * rate + is_cosine * torch.pi / 2)
