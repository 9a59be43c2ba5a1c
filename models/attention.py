"""Scaled dot-product attention, the equation that the transformer is named after."""

import math

from jaxtyping import Float, Shaped
from torch import Tensor

CONVENTIONS = {"mask": "keep"}


def attention(
    q: Float[Tensor, "*B n k"],
    k: Float[Tensor, "*B m k"],
    v: Float[Tensor, "*B m v"],
    mask: Shaped[Tensor, "..."] | None = None,
    *,
    polarity: str = CONVENTIONS["mask"],
) -> tuple[Float[Tensor, "*B n v"], Float[Tensor, "*B n m"]]:
    """For every query a weighted mean of the values, and the weights.

        weights = softmax(q k^T / sqrt(d_k))  over the keys        output = weights v

    A row of which nothing may be seen has weights 0 and gives 0.

    Shapes: q (..., n, d_k), k (..., m, d_k), v (..., m, d_v), mask broadcasts to (..., n, m); output (..., n, d_v),
    weights (..., n, m).
    Mask: "keep": bool, True may be seen; "hide": bool, True may not; "additive": float, 0 or -inf, added to the scores.
    Vaswani et al. 2017 (1706.03762), eq. 1 and section 3.2.1; masks: section 3.2.3.
    """
    scores = q @ k.mT / math.sqrt(q.shape[-1])  # (..., n, m)
    if mask is None:
        weights = scores.softmax(-1)
        return weights @ v, weights
    hidden = {"keep": ~mask, "hide": mask}[polarity] if polarity != "additive" else mask == -math.inf
    scores = scores.masked_fill(hidden, -math.inf)
    nothing = hidden.all(-1, keepdim=True)
    weights = scores.masked_fill(nothing, 0.0).softmax(-1).masked_fill(nothing, 0.0)
    return weights @ v, weights
