"""Tokens as vectors, and vectors as scores of tokens, by one matrix."""

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    """A row for each token, scaled on the way in; on the way out the same rows score what was computed.

        E(id) = sqrt(d) weight[id]        logits(x) = x weight^T

    Output "tied": one matrix for both; "untied": logits(x) = x projection^T with a matrix of its own. The rows start
    with standard deviation d^(-1/2), so that E(id) has entries of about 1 and logits of a normalised x too.

    Shapes: ids (...), E (..., d), x (..., d), logits (..., V), weight and projection (V, d).
    Vaswani et al. 2017 (1706.03762), section 3.4; Press and Wolf 2017 (1608.05859).
    """

    def __init__(self, num_tokens: int, d_model: int, *, output: str = CONVENTIONS["output"]) -> None:
        super().__init__()
        self.scale = d_model**0.5
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / self.scale)
        if output == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / self.scale)

    def forward(self, ids: Int[Tensor, "*B"]) -> Float[Tensor, "*B d"]:
        return self.weight[ids] * self.scale

    def logits(self, x: Float[Tensor, "*B d"]) -> Float[Tensor, "*B V"]:
        return x @ getattr(self, "projection", self.weight).T
