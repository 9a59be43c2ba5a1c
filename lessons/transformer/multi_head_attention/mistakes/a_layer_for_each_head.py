"""Each head has small layers of its own, in lists. The weights are as many, but their names are not those that are asked for."""

import torch
from torch import nn

EQUATION = "w_q = [W_q of head 0, ..., W_q of head h - 1]"
HINT = 2


class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads, attention):
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{d_model} numbers cannot be shared out to {num_heads} heads")
        self.num_heads, self.attention = num_heads, attention
        width = d_model // num_heads
        for name in ("w_q", "w_k", "w_v"):
            setattr(self, name, nn.ModuleList([nn.Linear(d_model, width, bias=False) for _ in range(num_heads)]))
        self.w_o = nn.Linear(d_model, d_model, bias=False)

    def forward(self, query, key, value, mask=None, cache=None):
        q, k, v = self.each(self.w_q, query), self.each(self.w_k, key), self.each(self.w_v, value)
        if cache is not None:
            k, v = self.remember(cache, k, v)
        out, weights = self.attention(q, k, v, mask)
        return self.w_o(self.join(out)), weights

    def join(self, x):
        return x.transpose(1, 2).flatten(2)

    def remember(self, cache, k, v):
        if "k" in cache:
            k, v = torch.cat([cache["k"], k], dim=2), torch.cat([cache["v"], v], dim=2)
        cache["k"], cache["v"] = k, v
        return k, v

    def each(self, layers, x):
        return torch.stack([layer(x) for layer in layers], dim=1)
