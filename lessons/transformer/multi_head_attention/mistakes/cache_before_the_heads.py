"""The cache keeps keys and values before they are cut into heads, (B, t, d). Asked for are the heads' own, (B, h, t, d_k)."""

import torch
from torch import nn

EQUATION = "cache['k'] = key W_k^T, of (B, t, d)"
HINT = 3


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
        q, k, v = self.w_q(query), self.w_k(key), self.w_v(value)
        if cache is not None:
            if "k" in cache:
                k, v = torch.cat([cache["k"], k], dim=1), torch.cat([cache["v"], v], dim=1)
            cache["k"], cache["v"] = k, v
        out, weights = self.attention(self.split(q), self.split(k), self.split(v), mask)
        return self.w_o(self.join(out)), weights

    def split(self, x):
        return x.reshape(x.shape[0], x.shape[1], self.num_heads, -1).transpose(1, 2)

    def join(self, x):
        return x.transpose(1, 2).flatten(2)
