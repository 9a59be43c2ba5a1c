"""Keys and values are detached as if they came out of a cache, so w_k and w_v never learn."""

import torch
from torch import nn

EQUATION = "d out / dk = d out / dv = 0"
HINT = 2


class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads, attention):
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{d_model} numbers cannot be shared out to {num_heads} heads")
        self.num_heads, self.attention = num_heads, attention
        self.w_q = nn.Linear(d_model, d_model, bias=False)
        self.w_k = nn.Linear(d_model, d_model, bias=False)
        self.w_v = nn.Linear(d_model, d_model, bias=False)
        self.w_o = nn.Linear(d_model, d_model, bias=False)

    def forward(self, query, key, value, mask=None, cache=None):
        q, k, v = self.split(self.w_q(query)), self.split(self.w_k(key)), self.split(self.w_v(value))
        if cache is not None:
            k, v = self.remember(cache, k, v)
        out, weights = self.attention(q, k.detach(), v.detach(), mask)
        return self.w_o(self.join(out)), weights

    def split(self, x):
        return x.reshape(x.shape[0], x.shape[1], self.num_heads, -1).transpose(1, 2)

    def join(self, x):
        return x.transpose(1, 2).flatten(2)

    def remember(self, cache, k, v):
        if "k" in cache:
            k, v = torch.cat([cache["k"], k], dim=2), torch.cat([cache["v"], v], dim=2)
        cache["k"], cache["v"] = k, v
        return k, v
