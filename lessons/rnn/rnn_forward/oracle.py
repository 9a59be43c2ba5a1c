"""torch's own layer with these weights, under the exercise's signature."""

import torch
from torch import Tensor, nn


def rnn_forward(x: Tensor, h0: Tensor, w: Tensor, u: Tensor, b: Tensor) -> Tensor:
    layer = nn.RNN(x.shape[-1], h0.shape[-1], device="meta", dtype=x.dtype)  # draws no first numbers
    weights = {"weight_ih_l0": w, "weight_hh_l0": u, "bias_ih_l0": b, "bias_hh_l0": torch.zeros_like(b)}
    return torch.func.functional_call(layer, weights, (x, h0[None]))[0]
