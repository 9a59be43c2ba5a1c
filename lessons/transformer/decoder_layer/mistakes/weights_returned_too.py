"""y comes with the cross-attention's weights, as a pair. The next layer needs y alone, and whoever wants weights asks the attention."""

from torch import nn

EQUATION = "return y, weights"
HINT = 3
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
        x = self.around(self.norm1, x, lambda q: self.self_attention(q, q, q, target_mask, cache)[0])
        found = []
        x = self.around(self.norm2, x, lambda q: self.looked(q, memory, source_mask, found))
        return self.around(self.norm3, x, self.feed_forward), found[0]

    def around(self, norm, x, sublayer):
        if CONVENTIONS["norm"] == "pre":
            return x + self.dropout(sublayer(norm(x)))
        return norm(x + self.dropout(sublayer(x)))

    def looked(self, q, memory, mask, found):
        out, weights = self.cross_attention(q, memory, memory, mask)
        found.append(weights)
        return out
