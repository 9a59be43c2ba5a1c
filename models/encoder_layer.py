"""One layer of the encoder: every token looks at all, then thinks for itself."""

from collections.abc import Callable

from jaxtyping import Float, Shaped
from torch import Tensor, nn

CONVENTIONS = {"norm": "post"}


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward, each with dropout, a residual and a layer norm.

        post:  x = norm1(x + dropout(self_attention(x, x, x)))      y = norm2(x + dropout(feed_forward(x)))
        pre:   x = x + dropout(self_attention(n, n, n)), n = norm1(x)     y = x + dropout(feed_forward(norm2(x)))

    Pre-norm layers leave their sum as it is: a stack of them needs one norm more at its end.

    Shapes: x and y (B, n, d), mask broadcasts to (B, h, n, n).
    Parts: attention(d_model, num_heads), called with (query, key, value, mask), gives (out, weights);
    feed_forward(d_model, d_ff); norm(d_model).
    Vaswani et al. 2017 (1706.03762), sections 3.1 and 5.4 (dropout before the sum); pre-norm: Xiong et al. 2020
    (2002.04745), figure 1.
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
        self.feed_forward = feed_forward(d_model, d_ff)
        self.norm1, self.norm2 = norm(d_model), norm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Float[Tensor, "B n d"], mask: Shaped[Tensor, "..."] | None = None) -> Float[Tensor, "B n d"]:
        x = self._around(x, self.norm1, lambda x: self.self_attention(x, x, x, mask)[0])
        return self._around(x, self.norm2, self.feed_forward)

    def _around(self, x: Tensor, norm: nn.Module, sublayer: Callable[[Tensor], Tensor]) -> Tensor:
        if self.order == "pre":
            return x + self.dropout(sublayer(norm(x)))
        return norm(x + self.dropout(sublayer(x)))
