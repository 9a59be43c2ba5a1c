"""y comes with the attention's weights, as a pair. The next layer needs y alone, and whoever wants weights asks the attention."""

from torch import nn

EQUATION = "return y, weights"
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
            n = self.norm1(x)
            out, weights = self.self_attention(n, n, n, mask)
            x = x + self.dropout(out)
            return x + self.dropout(self.feed_forward(self.norm2(x))), weights
        out, weights = self.self_attention(x, x, x, mask)
        x = self.norm1(x + self.dropout(out))
        return self.norm2(x + self.dropout(self.feed_forward(x))), weights
