"""Random crops and mirror images, drawn from a generator of their own so that a resumed run draws on."""

import torch
from jaxtyping import Float
from torch import Tensor


def random_crop(
    x: Float[Tensor, "B C H W"], padding: int, fill: float, generator: torch.Generator
) -> Float[Tensor, "B C H W"]:
    """Add `padding` pixels of value `fill` on each side, then cut each image out at a place of its own.

    He et al. 2015 (1512.03385), section 4.2.
    """
    size, height, width = x.shape[0], x.shape[2], x.shape[3]
    places = torch.randint(0, 2 * padding + 1, (2, size), generator=generator).to(x.device)
    padded = torch.nn.functional.pad(x, (padding,) * 4, value=fill)  # (B, C, H+2p, W+2p)
    windows = padded.unfold(2, height, 1).unfold(3, width, 1)  # (B, C, 2p+1, 2p+1, H, W), a view
    return windows[torch.arange(size, device=x.device), :, places[0], places[1]]  # (B, C, H, W)


def random_mirror(x: Float[Tensor, "B C H W"], generator: torch.Generator) -> Float[Tensor, "B C H W"]:
    """Mirror each image left to right with probability one half."""
    mirrored = (torch.rand(x.shape[0], generator=generator) < 0.5).to(x.device)
    return torch.where(mirrored[:, None, None, None], x.flip(-1), x)
