"""Counted by torch: the products that run on tensors without data, and the state of layers without data."""

import itertools

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def _products(*pairs: tuple[tuple[int, ...], tuple[int, ...]]) -> int:
    with FlopCounterMode(display=False) as counter:
        for one, other in pairs:
            torch.empty(one, device="meta") @ torch.empty(other, device="meta")
    return counter.get_total_flops() // 2


def table_1(layer: str, n: int, d: int, k: int, r: int) -> dict[str, int]:
    r = min(n, r)
    products = {
        "self-attention": ((n, d), (d, n)),
        "recurrent": ((n, 1, d), (d, d)),
        "convolutional": ((n, k * d), (k * d, d)),
        "restricted": ((n, 1, d), (n, d, r)),
    }
    if layer not in products:
        raise ValueError(layer)
    paths = {
        "self-attention": 1,
        "recurrent": len(range(n)),
        "convolutional": next(depth for depth in itertools.count(1) if k**depth >= n),
        "restricted": len(range(0, n, r)),
    }
    waiting = n if layer == "recurrent" else 1
    return {"operations": _products(products[layer]), "sequential": waiting, "path": paths[layer]}


def attention_macs(n: int, m: int, d: int) -> int:
    project = [((rows, d), (d, d)) for rows in (n, m, m, n)]
    return _products(*project, ((n, d), (d, m)), ((n, m), (m, d)))


def lstm_macs(n: int, d: int) -> int:
    return n * sum(
        weight.numel() for name, weight in nn.LSTM(d, d, device="meta").named_parameters() if "weight" in name
    )


def crossover(d: int) -> int:
    return next(n for n in itertools.count(1) if attention_macs(n, n, d) >= lstm_macs(n, d))


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
    with torch.device("meta"):
        encoder = nn.TransformerEncoderLayer(d_model, num_heads, d_ff)
        decoder = nn.TransformerDecoderLayer(d_model, num_heads, d_ff)
        tables = [nn.Embedding(source_tokens, d_model)] + [nn.Embedding(target_tokens, d_model)] * (not shared)
        norms = nn.ModuleList(nn.LayerNorm(d_model) for _ in range(2 * final_norm))

    def size(module: nn.Module) -> int:
        return sum(value.numel() for name, value in module.named_parameters() if not _is_attention_s_bias(name))

    return sum(map(size, tables)) + num_layers * (size(encoder) + size(decoder)) + size(norms)


def _is_attention_s_bias(name: str) -> bool:
    """Torch's attention has biases, the paper's has none."""
    return "attn" in name and "bias" in name
