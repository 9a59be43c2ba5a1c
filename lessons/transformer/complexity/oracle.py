"""Counted by torch: its FLOP counter's formula for matrix products, and the parameters of its layers."""

import bisect
import itertools

import torch
from torch import nn
from torch.utils.flop_counter import mm_flop


def _products(*pairs: tuple[tuple[int, ...], tuple[int, ...]]) -> int:
    """Of matrices of these shapes, (a, b) and (b, c); a formula of torch's counter gives two for each product."""
    return sum(mm_flop(one, other) for one, other in pairs) // 2


def table_1(layer: str, n: int, d: int, k: int, r: int) -> dict[str, int]:
    r = min(n, r)
    products = {  # how often, and of what
        "self-attention": (1, ((n, d), (d, n))),
        "recurrent": (n, ((1, d), (d, d))),
        "convolutional": (1, ((n, k * d), (k * d, d))),
        "restricted": (n, ((1, d), (d, r))),
    }
    if layer not in products:
        raise ValueError(layer)
    paths = {
        "self-attention": 1,
        "recurrent": len(range(n)),
        "convolutional": next(depth for depth in itertools.count(1) if k**depth >= n),
        "restricted": len(range(0, n, r)),
    }
    times, product = products[layer]
    waiting = n if layer == "recurrent" else 1
    return {"operations": times * _products(product), "sequential": waiting, "path": paths[layer]}


def attention_macs(n: int, m: int, d: int) -> int:
    project = [((rows, d), (d, d)) for rows in (n, m, m, n)]
    return _products(*project, ((n, d), (d, m)), ((n, m), (m, d)))


def lstm_macs(n: int, d: int) -> int:
    return n * sum(weight.numel() for name, weight in nn.LSTM(d, d).named_parameters() if "weight" in name)


def crossover(d: int) -> int:
    return 1 + bisect.bisect_left(range(1, 8 * d), True, key=lambda n: attention_macs(n, n, d) >= lstm_macs(n, d))


def transformer_parameters(
    source_tokens: int,
    target_tokens: int,
    d_model: int,
    num_heads: int,
    d_ff: int,
    num_layers: int,
    shared: bool = False,
    final_norm: bool = False,
) -> int:
    layers = nn.TransformerEncoderLayer(d_model, num_heads, d_ff), nn.TransformerDecoderLayer(d_model, num_heads, d_ff)
    tables = [source_tokens] if shared else [source_tokens, target_tokens]
    norms = [nn.LayerNorm(d_model) for _ in range(2 * final_norm)]

    def size(module: nn.Module) -> int:
        return sum(value.numel() for name, value in module.named_parameters() if not _is_attention_s_bias(name))

    rows = sum(torch.empty(tokens, d_model).numel() for tokens in tables)
    return rows + num_layers * sum(map(size, layers)) + sum(map(size, norms))


def _is_attention_s_bias(name: str) -> bool:
    """Torch's attention has biases, the paper's has none."""
    return "attn" in name and "bias" in name
