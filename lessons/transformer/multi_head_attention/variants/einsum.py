"""Weights are looked at as (h, d_k, d), and everything is one sum over indices."""

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads, attention):
        super().__init__()
        assert d_model % num_heads == 0, "the heads must share the width evenly"
        self.h, self.attend = num_heads, attention
        for name in ("w_q", "w_k", "w_v", "w_o"):
            self.add_module(name, nn.Linear(d_model, d_model, bias=False))

    def forward(self, query, key, value, mask=None, cache=None):
        q, k, v = (
            torch.einsum("bnd,hkd->bhnk", x, layer.weight.view(self.h, -1, x.shape[-1]))
            for x, layer in ((query, self.w_q), (key, self.w_k), (value, self.w_v))
        )
        if cache is not None:
            for name, new in (("k", k), ("v", v)):
                cache[name] = torch.cat([cache[name], new], -2) if name in cache else new
            k, v = cache["k"], cache["v"]
        heads, weights = self.attend(q, k, v, mask)
        w_o = self.w_o.weight.view(query.shape[-1], self.h, -1)
        return torch.einsum("bhnk,dhk->bnd", heads, w_o), weights
