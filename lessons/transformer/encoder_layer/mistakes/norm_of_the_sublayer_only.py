"""Only the sublayer's output is normalised, and x is added behind the norm. The paper normalises the sum, LayerNorm(x + Sublayer(x)); pre-norm normalises what goes into the sublayer."""

from torch import nn

EQUATION = "x + norm(dropout(sublayer(x)))"
HINT = 2
CONVENTIONS = {"norm": "post"}


class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.self_attention = attention(d_model, num_heads)
        self.feed_forward = feed_forward(d_model, d_ff)
        self.norm1, self.norm2 = norm(d_model), norm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask=None):
        x = x + self.norm1(self.dropout(self.self_attention(x, x, x, mask)[0]))
        return x + self.norm2(self.dropout(self.feed_forward(x)))
