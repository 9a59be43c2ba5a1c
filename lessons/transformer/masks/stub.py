"""Who may look at whom: nobody at padding, and in a decoder nobody at what comes later."""

import torch
from torch import Tensor

# Which kind of mask your code makes; the same that your attention reads, written out as here.
#   mask  "keep"      bool: True may be seen, False may not
#         "hide"      bool: True may not be seen                             nn.MultiheadAttention's masks
#         "additive"  numbers of torch's default dtype: 0 may be seen, -inf may not
CONVENTIONS = {"mask": "keep"}


def padding_mask(ids: Tensor, pad: int) -> Tensor:
    """What of each sentence may be looked at: everything that is not padding.

        seen[b, 0, 0, s] = (ids[b, s] != pad)

    Shapes:  ids (B, T) of int64  ->  (B, 1, 1, T), which broadcasts to scores (B, h, n, T) of h heads and n queries

    Padding can stand anywhere, and whole sentences can be padding. The mask lies on the device of ids.
    """
    raise NotImplementedError("your turn: padding_mask")


def causal_mask(n: int) -> Tensor:
    """Query t may look at the keys 0 to t, itself included.

        seen[0, 0, t, s] = (s <= t)

    Shapes:  n  ->  (1, 1, n, n): the rows are queries, the columns keys

    Vaswani et al. 2017 (arXiv 1706.03762), section 3.2.3.
    """
    raise NotImplementedError("your turn: causal_mask")


def target_mask(ids: Tensor, pad: int) -> Tensor:
    """Both at once: query t may look at those of the keys 0 to t that are not padding.

        seen[b, 0, t, s] = (s <= t) and (ids[b, s] != pad)

    Shapes:  ids (B, T) of int64  ->  (B, 1, T, T)

    A query that is padding itself has a row like any other: what comes of it is looked at by nobody, and its loss
    does not count. The mask lies on the device of ids, all of it.
    """
    raise NotImplementedError("your turn: target_mask")
