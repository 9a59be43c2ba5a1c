"""What is kept keeps its size, so in evaluation a sublayer gives 1 / (1 - dropout) times of what it gave on average in training. Divide by 1 - dropout, as nn.Dropout does."""

import torch
from torch import nn

EQUATION = "dropout(z) = z m,  m = 0 with probability p, else 1"
HINT = 3
CONVENTIONS = {"norm": "post"}


class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout, attention, feed_forward, norm=nn.LayerNorm):
        super().__init__()
        self.self_attention = attention(d_model, num_heads)
        self.feed_forward = feed_forward(d_model, d_ff)
        self.norm1, self.norm2 = norm(d_model), norm(d_model)
        self.rate = dropout

    def forward(self, x, mask=None):
        if CONVENTIONS["norm"] == "pre":
            n = self.norm1(x)
            x = x + self.drop(self.self_attention(n, n, n, mask)[0])
            return x + self.drop(self.feed_forward(self.norm2(x)))
        x = self.norm1(x + self.drop(self.self_attention(x, x, x, mask)[0]))
        return self.norm2(x + self.drop(self.feed_forward(x)))

    def drop(self, z):
        return z * (torch.rand_like(z) >= self.rate) if self.training else z
