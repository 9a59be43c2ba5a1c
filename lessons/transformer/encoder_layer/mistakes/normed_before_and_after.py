"""Each sublayer's input is normalised and its sum as well, by the same norm: two conventions at once."""

from torch import nn

EQUATION = "norm(x + dropout(sublayer(norm(x))))"
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
        n = self.norm1(x)
        x = self.norm1(x + self.dropout(self.self_attention(n, n, n, mask)[0]))
        return self.norm2(x + self.dropout(self.feed_forward(self.norm2(x))))
