"""The three matrices are put together where query, key and value are one tensor: one product instead of three."""

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads, attention):
        super().__init__()
        if d_model % num_heads:
            raise ValueError("d_model must be a multiple of num_heads")
        self.num_heads, self.attention = num_heads, attention
        self.w_q = nn.Linear(d_model, d_model, bias=False)
        self.w_k = nn.Linear(d_model, d_model, bias=False)
        self.w_v = nn.Linear(d_model, d_model, bias=False)
        self.w_o = nn.Linear(d_model, d_model, bias=False)

    def forward(self, query, key, value, mask=None, cache=None):
        layers = self.w_q, self.w_k, self.w_v
        if query is key is value:
            whole = nn.functional.linear(query, torch.cat([layer.weight for layer in layers]))
            projected = whole.chunk(3, dim=-1)
        else:
            projected = [layer(x) for layer, x in zip(layers, (query, key, value), strict=True)]
        q, k, v = (x.unflatten(-1, (self.num_heads, -1)).movedim(2, 1) for x in projected)
        if cache is not None:
            before = cache.get("k"), cache.get("v")
            cache["k"], cache["v"] = k, v = [
                new if old is None else torch.cat([old, new], dim=-2) for old, new in zip(before, (k, v), strict=True)
            ]
        out, weights = self.attention(q, k, v, mask)
        return self.w_o(out.movedim(1, 2).reshape(query.shape)), weights
