"""Several attentions side by side, each in a subspace of its own."""

import torch
from torch import Tensor, nn


class MultiHeadAttention(nn.Module):
    """Project, attend in h heads, put the heads side by side, project again.

        q, k, v = query W_q^T, key W_k^T, value W_v^T              each cut into h heads of d_k = d / h columns
        head_i  = attention(q_i, k_i, v_i, mask)                   q_i: the columns i d_k to (i + 1) d_k - 1 of q
        out     = concat(head_0, ..., head_{h-1}) W_o^T

    Shapes:  query (B, n, d), key and value (B, m, d)  ->  out (B, n, d), and the weights as `attention` gives them
             d = d_model, h = num_heads. Key and value are two tensors: both are the query in self-attention, and in
             cross-attention both come from the other sentence.
    Parts:   w_q, w_k, w_v and w_o, nn.Linear(d_model, d_model) without a bias: weights of (d, d) in torch's default
             dtype, which begin as they do there, or by Xavier. Where h does not divide d the constructor raises
             ValueError (an assert will do).
    Attention: `attention(q, k, v, mask)` gives (output, weights), as yours does. It takes all heads at once, q of
             (B, h, n, d_k), k and v of (B, h, m, d_k), and it does the scaling. Others of the same form must work as
             well, also one that gives None in the place of weights.
    Mask:    goes to `attention` as it is, whatever kind it is of; it broadcasts to (B, h, n, m), or is None.
    Cache:   for a decoder that reads a sentence piece by piece. `cache` is a dict that the caller keeps, empty at
             first: keys and values of this call are put behind those that are in it, and all of them are attended to.
             After the call cache["k"] and cache["v"] hold all so far, (B, h, t, d_k) each. The dict itself is changed.
    Memory:  no tensor with a graph stays on the module: `self.weights = weights` would keep all of a call alive.

    Vaswani et al. 2017 (arXiv 1706.03762), section 3.2.2.
    """

    def __init__(self, d_model: int, num_heads: int, attention) -> None:
        super().__init__()
        raise NotImplementedError("your turn: the parts of MultiHeadAttention")

    def forward(
        self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None, cache: dict | None = None
    ) -> tuple[Tensor, Tensor]:
        raise NotImplementedError("your turn: MultiHeadAttention.forward")
