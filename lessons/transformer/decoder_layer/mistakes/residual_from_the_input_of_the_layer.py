"""Behind the cross-attention the layer's input is added, not what the self-attention left: the part of what was said is lost."""

from torch import nn

EQUATION = "x = norm2(x_0 + dropout(cross_attention(x, memory, memory)))"
HINT = 2
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
        start = x
        x = self.around(self.norm1, x, lambda q: self.self_attention(q, q, q, target_mask, cache)[0])
        n = self.norm2(x) if CONVENTIONS["norm"] == "pre" else x
        x = start + self.dropout(self.cross_attention(n, memory, memory, source_mask)[0])
        x = x if CONVENTIONS["norm"] == "pre" else self.norm2(x)
        return self.around(self.norm3, x, self.feed_forward)

    def around(self, norm, x, sublayer):
        if CONVENTIONS["norm"] == "pre":
            return x + self.dropout(sublayer(norm(x)))
        return norm(x + self.dropout(sublayer(x)))
