"""Norms before the sublayers, as it declares; three dropouts, and a stream that is added to."""

from torch import nn

CONVENTIONS = {"norm": "pre"}


class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.norm1, self.self_attention = norm(d_model), attention(d_model, num_heads)
        self.norm2, self.cross_attention = norm(d_model), attention(d_model, num_heads)
        self.norm3, self.feed_forward = norm(d_model), feed_forward(d_model, d_ff)
        self.drops = nn.ModuleList(nn.Dropout(dropout) for _ in range(3))

    def forward(self, x, memory, target_mask=None, source_mask=None, cache=None):
        said = self.norm1(x)
        x = x + self.drops[0](self.self_attention(said, said, said, target_mask, cache)[0])
        x = x + self.drops[1](self.cross_attention(self.norm2(x), memory, memory, source_mask)[0])
        return x + self.drops[2](self.feed_forward(self.norm3(x)))
