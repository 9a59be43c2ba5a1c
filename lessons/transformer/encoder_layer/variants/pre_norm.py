"""Norms before the sublayers, as it declares; the sum grows in a variable of its own."""

from torch import nn

CONVENTIONS = {"norm": "pre"}


class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.norm1 = norm(d_model)
        self.self_attention = attention(d_model, num_heads)
        self.norm2 = norm(d_model)
        self.feed_forward = feed_forward(d_model, d_ff)
        self.drop = nn.Dropout(dropout)

    def forward(self, x, mask=None):
        stream = x
        looking = self.norm1(stream)
        found, _ = self.self_attention(looking, looking, looking, mask)
        stream = stream + self.drop(found)
        stream = stream + self.drop(self.feed_forward(self.norm2(stream)))
        return stream
