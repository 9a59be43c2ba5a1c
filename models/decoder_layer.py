"""One layer of the decoder: look back at what was said, then across at the source, then think."""

from collections.abc import Callable

from jaxtyping import Float, Shaped
from torch import Tensor, nn

CONVENTIONS = {"norm": "post"}


class DecoderLayer(nn.Module):
    """Masked self-attention, cross-attention and feed-forward, each with dropout, a residual and a layer norm.

        post:  x = norm1(x + dropout(self_attention(x, x, x)))
               x = norm2(x + dropout(cross_attention(x, memory, memory)))
               y = norm3(x + dropout(feed_forward(x)))
        pre:   each norm is taken of what goes into its sublayer, and the sum stays as it is

    With `cache`, which goes to the self-attention, x is what comes after the tokens of the calls before.

    Shapes: x and y (B, n, d), memory (B, m, d); target_mask broadcasts to (B, h, n, n) (with a cache (B, h, n, t + n)),
    source_mask to (B, h, n, m).
    Vaswani et al. 2017 (1706.03762), sections 3.1, 3.2.3 and 5.4; pre-norm: Xiong et al. 2020 (2002.04745), figure 1.
    """

    def __init__(
        self,
        d_model: int,
        num_heads: int,
        d_ff: int,
        dropout: float,
        attention: Callable[..., nn.Module],
        feed_forward: Callable[..., nn.Module],
        norm: Callable[..., nn.Module] = nn.LayerNorm,
        *,
        order: str = CONVENTIONS["norm"],
    ) -> None:
        super().__init__()
        self.order = order
        self.self_attention = attention(d_model, num_heads)
        self.cross_attention = attention(d_model, num_heads)
        self.feed_forward = feed_forward(d_model, d_ff)
        self.norm1, self.norm2, self.norm3 = norm(d_model), norm(d_model), norm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self,
        x: Float[Tensor, "B n d"],
        memory: Float[Tensor, "B m d"],
        target_mask: Shaped[Tensor, "..."] | None = None,
        source_mask: Shaped[Tensor, "..."] | None = None,
        cache: dict[str, Tensor] | None = None,
    ) -> Float[Tensor, "B n d"]:
        x = self._around(x, self.norm1, lambda x: self.self_attention(x, x, x, target_mask, cache)[0])
        x = self._around(x, self.norm2, lambda x: self.cross_attention(x, memory, memory, source_mask)[0])
        return self._around(x, self.norm3, self.feed_forward)

    def _around(self, x: Tensor, norm: nn.Module, sublayer: Callable[[Tensor], Tensor]) -> Tensor:
        if self.order == "pre":
            return x + self.dropout(sublayer(norm(x)))
        return norm(x + self.dropout(sublayer(x)))
