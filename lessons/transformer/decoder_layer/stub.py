"""One layer of the decoder, written by you from the parts that are handed to it."""

import torch
from torch import Tensor, nn

# The paper normalises after the sum, most of today's nets before the sublayer; declare what your code does.
#   norm  "post"  norm(x + dropout(sublayer(x)))     Vaswani et al.
#         "pre"   x + dropout(sublayer(norm(x)))     Xiong et al.
CONVENTIONS = {"norm": "post"}


class DecoderLayer(nn.Module):
    """Look back at what was said, look across at the source, then think: three sublayers, each added to its input.

        post:  x = norm1(x + dropout(self_attention(x, x, x)))
               x = norm2(x + dropout(cross_attention(x, memory, memory)))
               y = norm3(x + dropout(feed_forward(x)))
        pre:   x + dropout(sublayer(norm(x))), for the three in the same order; memory is not normalised here

    Shapes:  x (B, n, d), memory (B, m, d) -> y (B, n, d); target_mask broadcasts to (B, h, n, n), source_mask to
             (B, h, n, m); d = d_model, h = num_heads
    Parts:   self_attention and cross_attention, each by attention(d_model, num_heads); feed_forward(d_model, d_ff);
             norm1, norm2, norm3 by norm(d_model).
    Calls:   an attention takes (query, key, value, mask), and the self-attention cache= too, and gives (out, weights).
             Both masks are handed on as they are; the weights, which may be None, are not used.
    Masks:   target_mask keeps a token from what comes later and from padding; source_mask from the source's padding.
    Cache:   a dict that the caller keeps, or None. It goes to the self-attention, which puts keys and values into it;
             x is then what comes after the tokens of the calls before, and target_mask, if any, broadcasts to
             (B, h, n, t + n) for t tokens before. Nothing else of a call is kept.
    Dropout: each number of a sublayer's output becomes 0 with probability `dropout`, before the sum, and the others
             grow by 1 / (1 - dropout); in training only. Nowhere else.

    y has the dtype and the device of x; x, memory and masks stay as they were. torch's own transformer and attention
    layers are refused.

    Vaswani et al. 2017 (arXiv 1706.03762), sections 3.1, 3.2.3 and 5.4. Pre-norm: Xiong et al. 2020 (arXiv 2002.04745),
    figure 1.
    """

    def __init__(
        self, d_model: int, num_heads: int, d_ff: int, dropout: float, attention, feed_forward, norm=nn.LayerNorm
    ) -> None:
        super().__init__()
        raise NotImplementedError("your turn: the parts of DecoderLayer")

    def forward(
        self,
        x: Tensor,
        memory: Tensor,
        target_mask: Tensor | None = None,
        source_mask: Tensor | None = None,
        cache: dict[str, Tensor] | None = None,
    ) -> Tensor:
        raise NotImplementedError("your turn: DecoderLayer.forward")
