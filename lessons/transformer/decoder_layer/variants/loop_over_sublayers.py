"""A list of the three sublayers, one loop for either convention, and dropout from numbers that it draws itself."""

import torch
from torch import nn

CONVENTIONS = {"norm": "post"}


class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.rate = dropout
        self.self_attention, self.cross_attention = (attention(d_model, num_heads) for _ in range(2))
        self.feed_forward = feed_forward(d_model, d_ff)
        for number in (1, 2, 3):
            setattr(self, f"norm{number}", norm(d_model))

    def drop(self, z):
        if self.training and self.rate > 0:
            return z.masked_fill(torch.rand(z.shape, device=z.device) < self.rate, 0.0) / max(1.0 - self.rate, 1e-9)
        return z

    def forward(self, x, memory, target_mask=None, source_mask=None, cache=None):
        pre = CONVENTIONS["norm"] == "pre"
        steps = [
            lambda q: self.self_attention(q, q, q, target_mask, cache)[0],
            lambda q: self.cross_attention(q, memory, memory, source_mask)[0],
            self.feed_forward,
        ]
        for norm, step in zip((self.norm1, self.norm2, self.norm3), steps):
            x = x + self.drop(step(norm(x) if pre else x))
            x = x if pre else norm(x)
        return x
