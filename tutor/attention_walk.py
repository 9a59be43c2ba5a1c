"""Walking through a sentence's attention: which kind, layer, head and row is looked at, and how far it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tutor.drawing.attention import KINDS, MEAN, Place, row_names


@dataclass(frozen=True)
class AttentionWalk:
    """A place in the answer, and whether its head is enlarged; every step gives a new one."""

    answer: Mapping[str, Any]
    place: Place
    is_enlarged: bool = False

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> "AttentionWalk":
        """From the last layer's first head of the cross-attention, all of it written."""
        return cls(answer, Place("cross", layer=len(answer["weights"]["cross"]) - 1))

    def turned_kind(self) -> "AttentionWalk":
        """The next kind, from its first row."""
        kinds = list(KINDS)
        kind = kinds[(kinds.index(self.place.kind) + 1) % len(kinds)]
        return self._at(kind=kind, row=0, written=None)

    def turned_head(self, by: int) -> "AttentionWalk":
        """The next head; after the last one the next layer's first."""
        heads = self._heads
        number = self.place.layer * heads + max(self.place.head, 0) + by
        number %= heads * self._layers
        return self._at(layer=number // heads, head=number % heads)

    def turned_layer(self, by: int) -> "AttentionWalk":
        return self._at(layer=(self.place.layer + by) % self._layers)

    def turned_mean(self) -> "AttentionWalk":
        """The mean of the layer's heads, or back to its first one."""
        return replace(self._at(head=0 if self.place.head == MEAN else MEAN), is_enlarged=True)

    def zoomed(self) -> "AttentionWalk":
        """From all maps to one, and back."""
        place = self.place if not self.is_enlarged or self.place.head != MEAN else replace(self.place, head=0)
        return replace(self, place=place, is_enlarged=not self.is_enlarged)

    def moved(self, by: int) -> "AttentionWalk":
        """To another row, of those that are written."""
        last = (self.place.written or self.rows) - 1
        return self._at(row=min(max(self.place.row + by, 0), last))

    def written_on(self, by: int) -> "AttentionWalk":
        """One token more of the translation, or one less; the row that was written last is looked at.

        The source is read at once: there is nothing to step through.
        """
        if self.place.kind == "encoder":
            return self
        now = self.rows if self.place.written is None else self.place.written
        written = (1 if self.place.written is None else now + by) if by > 0 else now + by
        written = min(max(written, 1), self.rows)
        return self._at(written=None if written == self.rows else written, row=written - 1)

    @property
    def rows(self) -> int:
        """How many rows there are of this kind."""
        return len(row_names(self.answer, self.place.kind))

    @property
    def said_so_far(self) -> str:
        """The translation as far as it is written: characters close together, words and pieces apart."""
        written = None if self.place.kind == "encoder" else self.place.written
        tokens = self.answer["said"][:written]
        return ("" if all(len(token) == 1 for token in self.answer["said"][:-1]) else " ").join(tokens)

    @property
    def _layers(self) -> int:
        return len(self.answer["weights"][self.place.kind])

    @property
    def _heads(self) -> int:
        return len(self.answer["weights"][self.place.kind][0])

    def _at(self, **changes: Any) -> "AttentionWalk":
        return replace(self, place=replace(self.place, **changes))
