"""The rate by its peak; the loss by torch's cross entropy against probabilities, position by position."""

import math

import torch
from torch import Tensor, nn


def noam(step: int, d_model: int, warmup: int) -> float:
    share = max(step, 1) / warmup
    return 1.0 / math.sqrt(d_model * warmup) * (share if share < 1 else 1.0 / math.sqrt(share))


def smoothed_cross_entropy(logits: Tensor, targets: Tensor, smoothing: float, pad: int) -> Tensor:
    symbols = logits.shape[-1]
    even = torch.full((symbols,), 1.0 / (symbols - 1), dtype=logits.dtype, device=logits.device)
    even[pad] = 0.0
    sure = torch.eye(symbols, dtype=logits.dtype, device=logits.device)
    wanted = ((1.0 - smoothing) * sure + smoothing * even)[targets]
    rows = nn.functional.cross_entropy(logits.reshape(-1, symbols), wanted.reshape(-1, symbols), reduction="none")
    counts = (targets.reshape(-1) != pad).to(logits.dtype)
    return (rows * counts).sum() / counts.sum().clamp(min=1.0)
