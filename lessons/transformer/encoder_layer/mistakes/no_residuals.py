"""Nothing is added to anything: each sublayer replaces its input. Then a gradient must pass all sublayers of all layers, and deep stacks do not train."""

from torch import nn

EQUATION = "x = norm1(self_attention(x, x, x)),  y = norm2(feed_forward(x))"
HINT = 1
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
            x = self.dropout(self.self_attention(n, n, n, mask)[0])
            return self.dropout(self.feed_forward(self.norm2(x)))
        x = self.norm1(self.dropout(self.self_attention(x, x, x, mask)[0]))
        return self.norm2(self.dropout(self.feed_forward(x)))
