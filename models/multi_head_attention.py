"""Attention in several subspaces side by side."""

from collections.abc import Callable

import torch
from jaxtyping import Float, Shaped
from torch import Tensor, nn

Attention = Callable[..., tuple[Tensor, Tensor]]  # (q, k, v, mask) -> output, weights


class MultiHeadAttention(nn.Module):
    """Project, attend in h heads, put the heads side by side, project again.

        head_i = attention(query W_i^Q, key W_i^K, value W_i^V, mask)        out = concat(head_1, ..., head_h) W^O

    All heads' projections lie in one matrix each, head i in the columns i d_k, ..., (i + 1) d_k - 1; none has a bias.
    With `cache`, a dict that the caller keeps, keys and values of this call are put behind those of the calls before,
    and all of them are attended to: what a decoder needs that reads one token at a time.

    Shapes: query (B, n, d), key and value (B, m, d), mask broadcasts to (B, h, n, m); out (B, n, d) and the weights as
    `attention` gives them, (B, h, n, m); cache["k"] and cache["v"] (B, h, t, d_k). d = d_model, d_k = d / h.
    Vaswani et al. 2017 (1706.03762), section 3.2.2.
    """

    def __init__(self, d_model: int, num_heads: int, attention: Attention) -> None:
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"d_model {d_model} is not divisible by {num_heads} heads")
        self.num_heads, self.attention = num_heads, attention
        self.w_q = nn.Linear(d_model, d_model, bias=False)
        self.w_k = nn.Linear(d_model, d_model, bias=False)
        self.w_v = nn.Linear(d_model, d_model, bias=False)
        self.w_o = nn.Linear(d_model, d_model, bias=False)

    def forward(
        self,
        query: Float[Tensor, "B n d"],
        key: Float[Tensor, "B m d"],
        value: Float[Tensor, "B m d"],
        mask: Shaped[Tensor, "..."] | None = None,
        cache: dict[str, Tensor] | None = None,
    ) -> tuple[Float[Tensor, "B n d"], Tensor]:
        q, k, v = self._heads(self.w_q(query)), self._heads(self.w_k(key)), self._heads(self.w_v(value))
        if cache is not None:
            if cache:
                k, v = torch.cat([cache["k"], k], dim=2), torch.cat([cache["v"], v], dim=2)
            cache["k"], cache["v"] = k, v
        out, weights = self.attention(q, k, v, mask)  # (B, h, n, d_k)
        return self.w_o(out.transpose(1, 2).flatten(2)), weights

    def _heads(self, x: Float[Tensor, "B n d"]) -> Float[Tensor, "B h n k"]:
        return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)
