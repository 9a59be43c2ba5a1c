"""torch's own causal mask, read as "keep", and the padding beside it."""

import torch
from torch import Tensor, nn

CONVENTIONS = {"mask": "keep"}


def padding_mask(ids: Tensor, pad: int) -> Tensor:
    return torch.ne(ids, pad).unflatten(0, (-1, 1, 1))


def causal_mask(n: int) -> Tensor:
    return nn.Transformer.generate_square_subsequent_mask(n)[None, None] == 0


def target_mask(ids: Tensor, pad: int) -> Tensor:
    return torch.logical_and(padding_mask(ids, pad), causal_mask(ids.shape[1]).to(ids.device))
