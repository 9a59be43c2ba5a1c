"""The mask is turned around on its way, so that padding is all that is seen. What its values mean is between those who make it and the attention: hand it on as it is."""

from torch import nn

EQUATION = "self_attention(x, x, x, not mask)"
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
            x = x + self.dropout(self.self_attention(n, n, n, None if mask is None else ~(mask == 1))[0])
            return x + self.dropout(self.feed_forward(self.norm2(x)))
        x = self.norm1(x + self.dropout(self.self_attention(x, x, x, None if mask is None else ~(mask == 1))[0]))
        return self.norm2(x + self.dropout(self.feed_forward(x)))
