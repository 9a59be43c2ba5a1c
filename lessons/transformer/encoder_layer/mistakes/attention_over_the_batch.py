"""Batch and tokens are exchanged before attention, so that a token looks at those at its place in the other sentences. The layout here is batch first, (B, n, d)."""

from torch import nn

EQUATION = "self_attention(x^T, x^T, x^T)"
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
            n = self.norm1(x).transpose(0, 1)
            x = x + self.dropout(self.self_attention(n, n, n)[0]).transpose(0, 1)
            return x + self.dropout(self.feed_forward(self.norm2(x)))
        t = x.transpose(0, 1)
        x = self.norm1(x + self.dropout(self.self_attention(t, t, t)[0]).transpose(0, 1))
        return self.norm2(x + self.dropout(self.feed_forward(x)))
