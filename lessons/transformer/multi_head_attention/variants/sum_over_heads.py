"""No concatenation: each head goes through its own columns of W_o, and the results are added. Xavier's first numbers."""

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads, attention):
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"d_model={d_model}, num_heads={num_heads}")
        self.d_k, self.attention = d_model // num_heads, attention
        layers = [nn.Linear(d_model, d_model, bias=False) for _ in range(4)]
        for layer in layers:
            nn.init.xavier_uniform_(layer.weight)
        self.w_q, self.w_k, self.w_v, self.w_o = layers

    def forward(self, query, key, value, mask=None, cache=None):
        b, n, d = query.size()
        q = self.w_q(query).view(b, n, -1, self.d_k).permute(0, 2, 1, 3)
        k = self.w_k(key).view(b, key.size(1), -1, self.d_k).permute(0, 2, 1, 3)
        v = self.w_v(value).view(b, value.size(1), -1, self.d_k).permute(0, 2, 1, 3)
        if cache is not None:
            if cache:
                k = torch.cat([cache["k"], k], dim=2)
                v = torch.cat([cache["v"], v], dim=2)
            cache["k"] = k
            cache["v"] = v
        head, weights = self.attention(q, k, v, mask)
        columns = self.w_o.weight.split(self.d_k, dim=1)
        return sum(head[:, i] @ w.t() for i, w in enumerate(columns)), weights
