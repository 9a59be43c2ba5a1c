"""Random numbers drawn by the layer itself, sums with torch.add, and one that follows its declaration."""

import torch
from torch import nn

CONVENTIONS = {"norm": "post"}


class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.rate, self.pre = dropout, CONVENTIONS["norm"] == "pre"
        self.self_attention, self.feed_forward = attention(d_model, num_heads), feed_forward(d_model, d_ff)
        self.norm1, self.norm2 = norm(d_model), norm(d_model)

    def drop(self, z):
        if not self.training or self.rate == 0:
            return z
        kept = torch.empty_like(z).bernoulli_(1 - self.rate)
        return z * kept / max(1 - self.rate, 1e-12)

    def forward(self, x, mask=None):
        for norm, sublayer in ((self.norm1, "self_attention"), (self.norm2, "feed_forward")):
            seen = norm(x) if self.pre else x
            out = self.self_attention(seen, seen, seen, mask)[0] if sublayer == "self_attention" else self.feed_forward(seen)
            x = torch.add(x, self.drop(out))
            x = x if self.pre else norm(x)
        return x
