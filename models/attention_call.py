"""The place in a net where attention is computed: by the learner's function, or by torch's fused one."""

import math
from collections.abc import Callable

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn
from torch.nn import functional

Attention = Callable[..., tuple[Tensor, Tensor]]  # (q, k, v, mask) -> output, weights
KINDS = ("keep", "hide", "additive")


class AttentionCall(nn.Module):
    """What a MultiHeadAttention is given as its `attention`; masks come as "keep" and reach `own` as it declares.

    `is_fused` computes with torch's kernel, which gives no weights (None); `shows_weights` takes `own` all the same.
    Heads in `heads_off` give 0. Without `is_scaled` queries are multiplied by sqrt(d_k) first, so that the equation's
    division is undone: softmax(q k^T) v.

    Shapes: q (B, h, n, d_k), k (B, h, m, d_k), v (B, h, m, d_v), mask broadcasts to (B, h, n, m).
    """

    def __init__(self, own: Attention, mask_kind: str, is_fused: bool, is_scaled: bool = True) -> None:
        super().__init__()
        self.own, self.mask_kind, self.is_fused, self.is_scaled = own, mask_kind, is_fused, is_scaled
        self.shows_weights = False
        self.heads_off: tuple[int, ...] = ()

    def forward(
        self,
        q: Float[Tensor, "B h n k"],
        k: Float[Tensor, "B h m k"],
        v: Float[Tensor, "B h m v"],
        mask: Bool[Tensor, "..."] | None = None,
    ) -> tuple[Float[Tensor, "B h n v"], Float[Tensor, "B h n m"] | None]:
        q = q if self.is_scaled else q * math.sqrt(q.shape[-1])
        if self.is_fused and not self.shows_weights:
            out, weights = functional.scaled_dot_product_attention(q, k, v, mask), None
        else:
            out, weights = self.own(q, k, v, None if mask is None else from_keep(mask, self.mask_kind, q.dtype))
        if self.heads_off:
            out = out.index_fill(1, torch.tensor(self.heads_off, device=out.device), 0.0)
        return out, weights


def from_keep(mask: Bool[Tensor, "..."], kind: str, dtype: torch.dtype) -> Tensor:
    """A mask of which True may be seen, as another convention writes it."""
    if kind == "additive":
        return torch.zeros(mask.shape, dtype=dtype, device=mask.device).masked_fill(~mask, -torch.inf)
    return mask if kind == "keep" else ~mask


def as_keep(mask: Tensor, kind: str) -> Bool[Tensor, "..."]:
    """A mask of any convention as one of which True may be seen."""
    if kind == "additive":
        return mask == 0
    return mask if kind == "keep" else ~mask
