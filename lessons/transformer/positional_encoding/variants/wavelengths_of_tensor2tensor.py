"""The last wave's wavelength is 2 pi 10000 exactly, as in the code that Vaswani et al. ran: one step of exponents fewer."""

import math

import torch

CITATION = "Vaswani et al. 2018, Tensor2Tensor (arXiv 1803.07416), common_attention.py: get_timing_signal_1d"
EQUATION = "sin(pos / 10000^(i/(d/2 - 1))), cos(pos / 10000^(i/(d/2 - 1)))"
CONVENTIONS = {"layout": "concatenated"}


def positional_encoding(n, d):
    waves = d // 2
    increment = math.log(10000.0) / max(waves - 1, 1)
    angles = torch.arange(n)[:, None] * torch.exp(-increment * torch.arange(waves))
    parts = [torch.sin(angles), torch.cos(angles)]
    return torch.cat(parts, dim=1) if CONVENTIONS["layout"] == "concatenated" else torch.stack(parts, dim=2).flatten(1)
