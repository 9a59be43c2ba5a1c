"""Layer normalisation: every token by its own mean and variance."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


class LayerNorm(nn.Module):
    """Normalise over the last axis, then scale and shift.

        y = weight (x - mean) / sqrt(var + eps) + bias        mean, var (biased) over the d numbers of one token

    Nothing is shared between tokens or kept for later, so training and evaluation are alike.
    Shapes: x (..., d), weight and bias (d,), y as x.
    Ba, Kiros and Hinton 2016 (1607.06450), eq. 3 and 4.
    """

    def __init__(self, d: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.eps = eps
        self.weight, self.bias = nn.Parameter(torch.ones(d)), nn.Parameter(torch.zeros(d))

    def forward(self, x: Float[Tensor, "*B d"]) -> Float[Tensor, "*B d"]:
        centred = x - x.mean(-1, keepdim=True)
        variance = centred.square().mean(-1, keepdim=True)  # (..., 1)
        return self.weight * centred * (variance + self.eps).rsqrt() + self.bias
