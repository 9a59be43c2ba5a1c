"""The net that a translation run trains: the learner's transformer with the learner's masks around it."""

from collections.abc import Callable
from typing import Any

from jaxtyping import Bool, Float, Int
from torch import Tensor, nn

from models.attention_call import AttentionCall, as_keep
from models.evaluation_mode import evaluating
from models.taken_parts import TakenParts
from models.transformer_parts import mask_kind


class Translator(nn.Module):
    """Scores of every next token of the target; padding is masked on both sides, the future on the target's.

    Shapes: source (B, n), target (B, m) of int64, logits (B, m, V).
    """

    def __init__(
        self, transformer: nn.Module, parts: TakenParts, pad: int, positions: Callable[[int, int], Tensor]
    ) -> None:
        super().__init__()
        self.transformer: Any = transformer
        self.parts, self.pad = parts, pad
        self._positions = (positions,)  # in a tuple: a trained table belongs to the transformer's state alone
        self._kind = mask_kind(parts, "transformer/masks")

    def forward(self, source: Int[Tensor, "B n"], target: Int[Tensor, "B m"]) -> Float[Tensor, "B m V"]:
        return self.transformer(source, target, self.source_mask(source), self.target_mask(target))

    def source_mask(self, source: Int[Tensor, "B n"]) -> Bool[Tensor, "B 1 1 n"]:
        """What of the source may be looked at, by the learner's padding_mask; True may."""
        return as_keep(self.parts["padding_mask"](source, self.pad), self._kind)

    def target_mask(self, target: Int[Tensor, "B m"]) -> Bool[Tensor, "B 1 m m"]:
        """What each token of the target may look at, by the learner's target_mask; True may."""
        return as_keep(self.parts["target_mask"](target, self.pad), self._kind)

    def position_rows(self, n: int, d: int) -> Float[Tensor, "n d"]:
        """The vectors of the first n places, whatever the learner's transformer calls what makes them."""
        return self._positions[0](n, d)

    def attention_calls(self) -> dict[str, AttentionCall]:
        """Every place where attention is computed, by the name of the part that it belongs to."""
        found = {name: part for name, part in self.named_modules() if isinstance(part, AttentionCall)}
        return {name.rpartition(".")[0].removeprefix("transformer."): part for name, part in found.items()}

    def translate(
        self, source: Int[Tensor, "B n"], bos: int, eos: int, max_length: int, width: int = 1
    ) -> list[list[int]]:
        """Sentences by the learner's greedy, or by the learner's beam of this width; in evaluation mode."""
        with evaluating(self):
            mask = self.source_mask(source)
            if width == 1:
                return self.parts["greedy"](self.transformer, source, mask, bos, eos, max_length)
            return self.parts["beam"](self.transformer, source, mask, bos, eos, max_length, width)
