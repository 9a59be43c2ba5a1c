"""F.dropout drops in evaluation too, unless it is told: then the same sentence is translated otherwise each time. nn.Dropout follows train() and eval(); the function needs training=self.training."""

import torch.nn.functional as F
from torch import nn

EQUATION = "dropout(sublayer(x)), in evaluation too"
HINT = 2
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
            x = x + F.dropout(self.self_attention(n, n, n, mask)[0], self.rate)
            return x + F.dropout(self.feed_forward(self.norm2(x)), self.rate)
        x = self.norm1(x + F.dropout(self.self_attention(x, x, x, mask)[0], self.rate))
        return self.norm2(x + F.dropout(self.feed_forward(x), self.rate))
