"""Written out, with a name for each residual; masks and cache by their names, F.dropout told whether it trains."""

import torch.nn.functional as F
from torch import nn

CONVENTIONS = {"norm": "post"}


class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.p = dropout
        self.self_attention = attention(d_model=d_model, num_heads=num_heads)
        self.cross_attention = attention(d_model=d_model, num_heads=num_heads)
        self.feed_forward = feed_forward(d_model=d_model, d_ff=d_ff)
        self.norm1, self.norm2, self.norm3 = norm(d_model), norm(d_model), norm(d_model)

    def drop(self, z):
        return F.dropout(z, p=self.p, training=self.training)

    def forward(self, x, memory, target_mask=None, source_mask=None, cache=None):
        residual = x
        said, _ = self.self_attention(query=x, key=x, value=x, mask=target_mask, cache=cache)
        x = self.norm1(self.drop(said) + residual)
        residual = x
        found, _ = self.cross_attention(query=x, key=memory, value=memory, mask=source_mask)
        x = self.norm2(self.drop(found) + residual)
        residual = x
        return self.norm3(self.drop(self.feed_forward(x)) + residual)
