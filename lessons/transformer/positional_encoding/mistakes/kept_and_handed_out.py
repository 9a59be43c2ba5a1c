"""The rows are computed once and the same tensor is handed out at each call: whoever adds to it in place changes it for everyone."""

import torch

EQUATION = "PE of the second call = PE of the first, as it is by now"
HINT = 3
CONVENTIONS = {"layout": "interleaved"}

LAST = {}


def positional_encoding(n, d):
    key = n, d, torch.get_default_dtype(), CONVENTIONS["layout"]
    if key not in LAST:
        LAST.clear()
        angle = torch.arange(n).unsqueeze(1) / 10000 ** (torch.arange(0, d, 2) / d)
        pe = torch.zeros(n, d)
        if CONVENTIONS["layout"] == "interleaved":
            pe[:, 0::2], pe[:, 1::2] = angle.sin(), angle.cos()
        else:
            pe[:, : d // 2], pe[:, d // 2 :] = angle.sin(), angle.cos()
        LAST[key] = pe
    return LAST[key]
