"""F.dropout that is told whether the layer trains; written out line by line."""

import torch.nn.functional as F
from torch import nn

CONVENTIONS = {"norm": "post"}


class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.p = dropout
        self.self_attention = attention(d_model, num_heads)
        self.feed_forward = feed_forward(d_model, d_ff)
        self.norm1 = norm(d_model)
        self.norm2 = norm(d_model)

    def forward(self, x, mask=None):
        residual = x
        x, _ = self.self_attention(x, x, x, mask)
        x = F.dropout(x, p=self.p, training=self.training)
        x = self.norm1(residual + x)
        residual = x
        x = self.feed_forward(x)
        x = F.dropout(x, p=self.p, training=self.training)
        return self.norm2(residual + x)
