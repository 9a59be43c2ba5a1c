"""Parameters of layers that have shapes and no data; the rest by formula, in a class for each layer."""

import torch
from torch import nn


class Layer:
    sequential, path = 1, 1

    def __init__(self, n, d, k, r):
        self.n, self.d, self.k, self.r = n, d, k, min(r, n)


class SelfAttention(Layer):
    def operations(self):
        return self.n * self.n * self.d


class Recurrent(Layer):
    def operations(self):
        return self.n * self.d * self.d

    @property
    def path(self):
        return self.n

    sequential = path


class Convolutional(Layer):
    def operations(self):
        return self.k * self.n * self.d * self.d

    @property
    def path(self):
        return next(depth for depth in range(1, self.n + 1) if self.k**depth >= self.n)


class Restricted(Layer):
    def operations(self):
        return self.r * self.n * self.d

    @property
    def path(self):
        return len(range(0, self.n, self.r))


KINDS = {"self-attention": SelfAttention, "recurrent": Recurrent, "convolutional": Convolutional, "restricted": Restricted}


def table_1(layer, n, d, k, r):
    try:
        row = KINDS[layer](n, d, k, r)
    except KeyError:
        raise ValueError(f"unknown layer {layer}") from None
    return {"operations": row.operations(), "sequential": row.sequential, "path": row.path}


def attention_macs(n, m, d):
    projections = (n + m + m + n) * d * d
    return projections + 2 * n * m * d


def lstm_macs(n, d):
    weights = nn.LSTM(d, d, bias=False, device="meta")
    return n * sum(weight.numel() for weight in weights.parameters())


def crossover(d):
    return round((8 * d * d - 4 * d * d) / (2 * d))


def transformer_parameters(source_tokens, target_tokens, d_model, num_heads, d_ff, num_layers, shared=False, final_norm=False):
    def attention():
        return nn.ModuleList(nn.Linear(d_model, d_model, bias=False) for _ in range(4))

    def layer(attentions, norms):
        parts = [attention() for _ in range(attentions)] + [nn.LayerNorm(d_model) for _ in range(norms)]
        return nn.ModuleList([*parts, nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model)])

    with torch.device("meta"):
        net = nn.ModuleList([nn.Embedding(source_tokens, d_model)])
        if not shared:
            net.append(nn.Embedding(target_tokens, d_model))
        net.extend(layer(1, 2) for _ in range(num_layers))
        net.extend(layer(2, 3) for _ in range(num_layers))
        net.extend(nn.LayerNorm(d_model) for _ in range(2 if final_norm else 0))
    return sum(parameter.numel() for parameter in net.parameters())
