"""Scaled dot-product attention: each query looks at all keys, and takes the mean of their values by fit."""

import math

import torch
from torch import Tensor

# A mask says which keys a query may see. Three ways are in use; declare which one your code reads, written out as here.
#   mask  "keep"      bool: True may be seen, False may not
#         "hide"      bool: True may not be seen                             nn.MultiheadAttention's masks
#         "additive"  numbers of q's dtype, 0 or -inf, that are added to the scores
CONVENTIONS = {"mask": "keep"}


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """For every query a weighted mean of the values, and the weights.

        weights = softmax(q k^T / sqrt(d_k))        over the keys that the query may see; the others have weight 0
        output  = weights v

    Shapes:  q (..., n, d_k), k (..., m, d_k), v (..., m, d_v)  ->  output (..., n, d_v), weights (..., n, m)
             "..." are the same axes in front for all three: none, a batch, or a batch and heads.
    Mask:    broadcasts to (..., n, m); without one every key may be seen. A query that may see no key at all gets
             weights 0 and output 0, and sends gradients of 0: no nan anywhere. What the numbers at hidden keys are
             does not matter, however large they are.

    Both results have q's dtype and device; q, k, v and the mask stay as they were. Gradients go to q, k and v through
    the weights too. There is no dropout. torch's softmax may be used, or your own (`from transformer.softmax import
    softmax`); torch's attention is refused.

    Vaswani et al. 2017 (arXiv 1706.03762), eq. 1 and section 3.2.1; masks: section 3.2.3.
    """
    raise NotImplementedError("your turn: attention")
