"""The weights are bare parameters, named w_q and not w_q.weight. Asked for are layers: nn.Linear with bias=False."""

import math

import torch
from torch import nn

EQUATION = "names: w_q, w_k, w_v, w_o"
HINT = 2


class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads, attention):
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{d_model} numbers cannot be shared out to {num_heads} heads")
        self.num_heads, self.attention = num_heads, attention
        for name in ("w_q", "w_k", "w_v", "w_o"):
            self.register_parameter(name, nn.Parameter(torch.randn(d_model, d_model) / math.sqrt(d_model)))

    def forward(self, query, key, value, mask=None, cache=None):
        q, k, v = self.split(query @ self.w_q.T), self.split(key @ self.w_k.T), self.split(value @ self.w_v.T)
        if cache is not None:
            k, v = self.remember(cache, k, v)
        out, weights = self.attention(q, k, v, mask)
        return self.join(out) @ self.w_o.T, weights

    def split(self, x):
        return x.reshape(x.shape[0], x.shape[1], self.num_heads, -1).transpose(1, 2)

    def join(self, x):
        return x.transpose(1, 2).flatten(2)

    def remember(self, cache, k, v):
        if "k" in cache:
            k, v = torch.cat([cache["k"], k], dim=2), torch.cat([cache["v"], v], dim=2)
        cache["k"], cache["v"] = k, v
        return k, v
