"""What self-attention gives takes the place of x. Each sublayer's output is added to its input."""

from torch import nn

EQUATION = "x = norm1(dropout(self_attention(x, x, x)))"
HINT = 1
CONVENTIONS = {"norm": "post"}


class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.self_attention = attention(d_model, num_heads)
        self.cross_attention = attention(d_model, num_heads)
        self.feed_forward = feed_forward(d_model, d_ff)
        self.norm1, self.norm2, self.norm3 = norm(d_model), norm(d_model), norm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, memory, target_mask=None, source_mask=None, cache=None):
        n = self.norm1(x) if CONVENTIONS["norm"] == "pre" else x
        x = self.dropout(self.self_attention(n, n, n, target_mask, cache)[0])
        x = x if CONVENTIONS["norm"] == "pre" else self.norm1(x)
        x = self.around(self.norm2, x, lambda q: self.cross_attention(q, memory, memory, source_mask)[0])
        return self.around(self.norm3, x, self.feed_forward)

    def around(self, norm, x, sublayer):
        if CONVENTIONS["norm"] == "pre":
            return x + self.dropout(sublayer(norm(x)))
        return norm(x + self.dropout(sublayer(x)))
