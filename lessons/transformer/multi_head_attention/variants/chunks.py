"""Chunks of columns, stacked to heads and concatenated again; the cache is filled by update."""

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads, attention):
        super().__init__()
        width, rest = divmod(d_model, num_heads)
        if rest:
            raise ValueError("the heads must share the width evenly")
        self.width, self.attention = width, attention
        self.w_q, self.w_k, self.w_v, self.w_o = (nn.Linear(d_model, d_model, bias=False) for _ in range(4))

    def heads(self, x):
        return torch.stack(x.split(self.width, dim=-1), dim=1)

    def forward(self, query, key, value, mask=None, cache=None):
        q, k, v = self.heads(self.w_q(query)), self.heads(self.w_k(key)), self.heads(self.w_v(value))
        if cache:
            k, v = torch.cat((cache["k"], k), 2), torch.cat((cache["v"], v), 2)
        if cache is not None:
            cache.update(k=k, v=v)
        found, weights = self.attention(q, k, v, mask)
        return self.w_o(torch.cat(found.unbind(1), dim=-1)), weights
