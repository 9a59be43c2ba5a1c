"""A learner's encoder and decoder layers with their norms at another place: their own parts, in another order."""

from collections.abc import Callable
from typing import Any

from torch import Tensor, nn

from models.learner_modules import PartUnusable

Maker = Callable[..., nn.Module]
ENCODER = ("self_attention", "feed_forward", "norm1", "norm2")
DECODER = ("self_attention", "cross_attention", "feed_forward", "norm1", "norm2", "norm3")

_DROPOUT = 3  # its place among the sizes: d_model, num_heads, d_ff, dropout


def rearranged(make: Maker, order: str, names: tuple[str, ...]) -> Maker:
    """Makes the layer by `make`, and puts its parts, by the names of its contract, in this order.

    Dropout has no name in the contract: it may be a function, so it is made anew.
    """

    def made(*sizes: Any, **parts: Any) -> nn.Module:
        layer = make(*sizes, **parts)
        dropout = float(parts["dropout"] if "dropout" in parts else sizes[_DROPOUT])
        missing = [name for name in names if not isinstance(getattr(layer, name, None), nn.Module)]
        if missing:
            kind = "encoder_layer" if names is ENCODER else "decoder_layer"
            thing = f"The layer keeps no {', '.join(missing)}, so its norms cannot be moved."
            raise PartUnusable(thing, f"transformer/{kind}", f"check it: phase3-tutor check transformer/{kind}")
        return (
            RearrangedEncoder(layer, order, dropout) if names is ENCODER else RearrangedDecoder(layer, order, dropout)
        )

    return made


class _Rearranged(nn.Module):
    """Parts of a layer and the order of its norms: post, x = norm(x + f(x)), or pre, x = x + f(norm(x))."""

    self_attention: nn.Module
    cross_attention: nn.Module
    feed_forward: nn.Module
    norm1: nn.Module
    norm2: nn.Module
    norm3: nn.Module

    def __init__(self, layer: nn.Module, order: str, dropout: float, names: tuple[str, ...]) -> None:
        super().__init__()
        self.order, self.dropout = order, nn.Dropout(dropout)
        for name in names:
            self.add_module(name, getattr(layer, name))

    def _around(self, x: Tensor, norm: nn.Module, sublayer: Callable[[Tensor], Tensor]) -> Tensor:
        if self.order == "pre":
            return x + self.dropout(sublayer(norm(x)))
        return norm(x + self.dropout(sublayer(x)))


class RearrangedEncoder(_Rearranged):
    """Xiong et al. 2020 (2002.04745), figure 1."""

    def __init__(self, layer: nn.Module, order: str, dropout: float) -> None:
        super().__init__(layer, order, dropout, ENCODER)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        x = self._around(x, self.norm1, lambda x: self.self_attention(x, x, x, mask)[0])
        return self._around(x, self.norm2, self.feed_forward)


class RearrangedDecoder(_Rearranged):
    """Xiong et al. 2020 (2002.04745), figure 1, with cross-attention between the two."""

    def __init__(self, layer: nn.Module, order: str, dropout: float) -> None:
        super().__init__(layer, order, dropout, DECODER)

    def forward(
        self,
        x: Tensor,
        memory: Tensor,
        target_mask: Tensor | None = None,
        source_mask: Tensor | None = None,
        cache: dict[str, Tensor] | None = None,
    ) -> Tensor:
        x = self._around(x, self.norm1, lambda x: self.self_attention(x, x, x, target_mask, cache)[0])
        x = self._around(x, self.norm2, lambda x: self.cross_attention(x, memory, memory, source_mask)[0])
        return self._around(x, self.norm3, self.feed_forward)
