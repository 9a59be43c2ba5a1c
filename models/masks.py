"""Who may look at whom: padding is never looked at, and nobody looks at what comes later."""

import torch
from jaxtyping import Bool, Int, Shaped
from torch import Tensor

CONVENTIONS = {"mask": "keep"}


def padding_mask(
    ids: Int[Tensor, "B T"], pad: int, *, polarity: str = CONVENTIONS["mask"]
) -> Shaped[Tensor, "B 1 1 T"]:
    """What of each sentence may be looked at: everything but padding.

    Shapes: ids (B, T), mask (B, 1, 1, T): one row for all heads and all queries.
    """
    return _as_declared((ids != pad)[:, None, None, :], polarity)


def causal_mask(n: int, *, polarity: str = CONVENTIONS["mask"]) -> Shaped[Tensor, "1 1 n n"]:
    """Query t may look at keys 0 to t, itself included. Vaswani et al. 2017 (1706.03762), section 3.2.3."""
    return _as_declared(_causal(n, None), polarity)


def target_mask(ids: Int[Tensor, "B T"], pad: int, *, polarity: str = CONVENTIONS["mask"]) -> Shaped[Tensor, "B 1 T T"]:
    """Both at once: query t may look at keys 0 to t that are no padding.

    Shapes: ids (B, T), mask (B, 1, T, T), on the device of ids.
    """
    return _as_declared((ids != pad)[:, None, None, :] & _causal(ids.shape[1], ids.device), polarity)


def _causal(n: int, device: torch.device | None) -> Bool[Tensor, "1 1 n n"]:
    return torch.ones(1, 1, n, n, dtype=torch.bool, device=device).tril()


def _as_declared(keep: Bool[Tensor, "..."], polarity: str) -> Tensor:
    if polarity == "keep":
        return keep
    if polarity == "hide":
        return ~keep
    return torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -torch.inf)
