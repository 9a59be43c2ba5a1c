"""The sum is dropped from, and x with it: then part of the residual, the way that should always be open, is cut at every sublayer. Dropout stands before the sum."""

from torch import nn

EQUATION = "norm(dropout(x + sublayer(x)))"
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
        if CONVENTIONS["norm"] == "pre":
            n = self.norm1(x)
            x = self.dropout(x + self.self_attention(n, n, n, mask)[0])
            return self.dropout(x + self.feed_forward(self.norm2(x)))
        x = self.norm1(self.dropout(x + self.self_attention(x, x, x, mask)[0]))
        return self.norm2(self.dropout(x + self.feed_forward(x)))
