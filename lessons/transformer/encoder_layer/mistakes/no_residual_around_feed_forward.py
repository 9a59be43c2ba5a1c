"""The feed-forward's output takes the place of x: what attention has gathered reaches the next layer only through two linear maps and a ReLU. It is added to x, as attention's is."""

from torch import nn

EQUATION = "y = norm2(dropout(feed_forward(x)))"
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
            x = x + self.dropout(self.self_attention(n, n, n, mask)[0])
            return self.dropout(self.feed_forward(self.norm2(x)))
        x = self.norm1(x + self.dropout(self.self_attention(x, x, x, mask)[0]))
        return self.norm2(self.dropout(self.feed_forward(x)))
