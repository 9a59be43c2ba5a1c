"""norm2 belongs to attention here and norm1 to the feed-forward. From fresh weights nobody would notice; with weights that were saved by a right layer the numbers are wrong."""

from torch import nn

EQUATION = "x = norm2(x + self_attention(x, x, x)),  y = norm1(x + feed_forward(x))"
HINT = 3
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
            n = self.norm2(x)
            x = x + self.dropout(self.self_attention(n, n, n, mask)[0])
            return x + self.dropout(self.feed_forward(self.norm1(x)))
        x = self.norm2(x + self.dropout(self.self_attention(x, x, x, mask)[0]))
        return self.norm1(x + self.dropout(self.feed_forward(x)))
