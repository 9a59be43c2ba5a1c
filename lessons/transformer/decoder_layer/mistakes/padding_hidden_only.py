"""Only the last row of the target's mask is used, for all tokens. It tells what is padding, and not what comes later: each token sees the whole rest of the sentence."""

from torch import nn

EQUATION = "mask[t, s] <- mask[n - 1, s]"
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
        if target_mask is not None:
            target_mask = target_mask[..., -1:, :]
        x = self.around(self.norm1, x, lambda q: self.self_attention(q, q, q, target_mask, cache)[0])
        x = self.around(self.norm2, x, lambda q: self.cross_attention(q, memory, memory, source_mask)[0])
        return self.around(self.norm3, x, self.feed_forward)

    def around(self, norm, x, sublayer):
        if CONVENTIONS["norm"] == "pre":
            return x + self.dropout(sublayer(norm(x)))
        return norm(x + self.dropout(sublayer(x)))
