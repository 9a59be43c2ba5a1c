"""One function that adds and normalises, around either sublayer; the mask by its name."""

from torch import nn

CONVENTIONS = {"norm": "post"}


def add_and_norm(x, sublayer, norm, dropout):
    return norm(x + dropout(sublayer(x)))


class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.self_attention = attention(d_model=d_model, num_heads=num_heads)
        self.feed_forward = feed_forward(d_model=d_model, d_ff=d_ff)
        self.norm1, self.norm2 = (norm(d_model) for _ in range(2))
        self.dropout1, self.dropout2 = nn.Dropout(dropout), nn.Dropout(dropout)

    def forward(self, x, mask=None):
        x = add_and_norm(x, lambda q: self.self_attention(q, q, q, mask=mask)[0], self.norm1, self.dropout1)
        return add_and_norm(x, self.feed_forward, self.norm2, self.dropout2)
