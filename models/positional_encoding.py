"""Where a token stands, as a row of waves."""

import torch
from jaxtyping import Float
from torch import Tensor

CONVENTIONS = {"layout": "interleaved"}
BASE = 10_000.0


def positional_encoding(n: int, d: int, *, layout: str = CONVENTIONS["layout"]) -> Float[Tensor, "n d"]:
    """One row for each of the positions 0 to n - 1, in torch's default dtype.

        PE[pos, 2i] = sin(pos / 10000^(2i/d))        PE[pos, 2i + 1] = cos(pos / 10000^(2i/d))        0 <= i < d/2

    Layout: "interleaved" as printed in the paper; "concatenated": all sines, then all cosines, as in tensor2tensor.
    Shapes: n positions, d columns (even), out (n, d).
    Vaswani et al. 2017 (1706.03762), section 3.5.
    """
    rates = BASE ** (-torch.arange(0, d, 2) / d)  # (d/2,)
    angles = torch.arange(n)[:, None] * rates  # (n, d/2)
    waves = (angles.sin(), angles.cos())
    return torch.cat(waves, dim=1) if layout == "concatenated" else torch.stack(waves, dim=2).flatten(1)
