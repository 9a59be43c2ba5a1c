"""The layers stand in a plain list, so the module does not know them: no optimizer gets them, and none of them is saved."""

import torch
from torch import nn

EQUATION = "the module has no parameters"
HINT = 2


class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads, attention):
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{d_model} numbers cannot be shared out to {num_heads} heads")
        self.num_heads, self.attention = num_heads, attention
        self.layers = [nn.Linear(d_model, d_model, bias=False) for _ in range(4)]

    def forward(self, query, key, value, mask=None, cache=None):
        q, k, v = self.split(self.layers[0](query)), self.split(self.layers[1](key)), self.split(self.layers[2](value))
        if cache is not None:
            k, v = self.remember(cache, k, v)
        out, weights = self.attention(q, k, v, mask)
        return self.layers[3](self.join(out)), weights

    def split(self, x):
        return x.reshape(x.shape[0], x.shape[1], self.num_heads, -1).transpose(1, 2)

    def join(self, x):
        return x.transpose(1, 2).flatten(2)

    def remember(self, cache, k, v):
        if "k" in cache:
            k, v = torch.cat([cache["k"], k], dim=2), torch.cat([cache["v"], v], dim=2)
        cache["k"], cache["v"] = k, v
        return k, v
