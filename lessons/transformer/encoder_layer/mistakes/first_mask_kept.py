"""The first mask that came is kept and used for all batches after it; the next batch has padding elsewhere."""

from torch import nn

EQUATION = "mask <- the mask of the first call"
HINT = 3
CONVENTIONS = {"norm": "post"}


class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.self_attention = attention(d_model, num_heads)
        self.feed_forward = feed_forward(d_model, d_ff)
        self.norm1, self.norm2 = norm(d_model), norm(d_model)
        self.dropout = nn.Dropout(dropout)
        self.mask = None

    def forward(self, x, mask=None):
        self.mask = mask if self.mask is None else self.mask
        if CONVENTIONS["norm"] == "pre":
            n = self.norm1(x)
            x = x + self.dropout(self.self_attention(n, n, n, self.mask)[0])
            return x + self.dropout(self.feed_forward(self.norm2(x)))
        x = self.norm1(x + self.dropout(self.self_attention(x, x, x, self.mask)[0]))
        return self.norm2(x + self.dropout(self.feed_forward(x)))
