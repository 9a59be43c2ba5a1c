"""One layer of the encoder, written by you from the parts that are handed to it."""

import torch
from torch import Tensor, nn

# The paper normalises after the sum, most of today's nets before the sublayer; declare what your code does.
#   norm  "post"  norm(x + dropout(sublayer(x)))     Vaswani et al.
#         "pre"   x + dropout(sublayer(norm(x)))     Xiong et al.
CONVENTIONS = {"norm": "post"}


class EncoderLayer(nn.Module):
    """Every token looks at all the others, then is thought about by itself: two sublayers, each added to its input.

        post:  x = norm1(x + dropout(self_attention(x, x, x)))        y = norm2(x + dropout(feed_forward(x)))
        pre:   x = x + dropout(self_attention(n, n, n)), n = norm1(x)      y = x + dropout(feed_forward(norm2(x)))

    Shapes:  x (B, n, d) -> y (B, n, d), d = d_model; mask broadcasts to (B, h, n, n), h = num_heads
    Parts:   self_attention = attention(d_model, num_heads), feed_forward = feed_forward(d_model, d_ff), norm1 and norm2
             by norm(d_model). Your own fit, and so do torch's nn.LayerNorm and others of the same form.
    Calls:   self_attention(query, key, value, mask) gives (out, weights). The mask, or None, is handed on as it is:
             what its values mean is between those who make it and the attention. The weights, which may be None, are
             not used. feed_forward(x) and norm(x) give a tensor shaped as x.
    Dropout: each number of a sublayer's output becomes 0 with probability `dropout`, before the sum, and the others
             grow by 1 / (1 - dropout); in training only. Nowhere else.
    Pre-norm: y is the bare sum; whoever stacks such layers puts one norm more at the end of the stack.

    y has the dtype and the device of x, x and mask stay as they were, and nothing is kept from call to call.
    torch's own transformer and attention layers are refused.

    Vaswani et al. 2017 (arXiv 1706.03762), sections 3.1 and 5.4.
    Pre-norm: Xiong et al. 2020 (arXiv 2002.04745), figure 1.
    """

    def __init__(
        self, d_model: int, num_heads: int, d_ff: int, dropout: float, attention, feed_forward, norm=nn.LayerNorm
    ) -> None:
        super().__init__()
        raise NotImplementedError("your turn: the parts of EncoderLayer")

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        raise NotImplementedError("your turn: EncoderLayer.forward")
