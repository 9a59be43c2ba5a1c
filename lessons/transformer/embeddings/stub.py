"""Tokens as vectors on the way in, vectors as scores of tokens on the way out."""

import torch
from torch import Tensor, nn

# The matrix on the way out is the one on the way in, or another; declare what your code does, written out as here.
#   output  "tied"      logits(x) = x weight^T          one matrix for both: Vaswani et al., Press and Wolf
#           "untied"    logits(x) = x projection^T      a matrix of its own, a parameter more
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    """Look a token's row up, and score tokens by their rows.

        E(id)     = sqrt(d) weight[id]
        logits(x) = x weight^T        by "tied";   by "untied":  x projection^T

    Shapes:  forward: ids (...) of int64 from 0 to V - 1  ->  E (..., d);    logits: x (..., d)  ->  (..., V)
             V = num_tokens, d = d_model; there may be no axis in front at all
    State:   the parameter weight (V, d); by "untied" the parameter projection (V, d) too, and nothing else that learns:
             no bias. By "tied" the one matrix gets gradients from both ends, and whatever changes it changes both.
    Start:   random, with mean 0 and standard deviation 1/sqrt(d), in torch's default dtype. Then E(id) has entries of
             about 1, as the positions have that are added to it, and logits of a normalised x have too. From a normal
             distribution or another: that is yours to choose.

    Every id is a token like any other: what padding means is the masks' and the loss's business. Only the way in is
    scaled. logits are scores, before any softmax. No dropout stands in here, so training and evaluation are alike.

    Vaswani et al. 2017 (arXiv 1706.03762), section 3.4; Press and Wolf 2017 (arXiv 1608.05859).
    """

    def __init__(self, num_tokens: int, d_model: int) -> None:
        super().__init__()
        raise NotImplementedError("your turn: the parameters of Embeddings")

    def forward(self, ids: Tensor) -> Tensor:
        raise NotImplementedError("your turn: Embeddings.forward")

    def logits(self, x: Tensor) -> Tensor:
        raise NotImplementedError("your turn: Embeddings.logits")
