"""A small batch of token vectors, and which of its numbers share a mean under batch norm and layer norm. No torch."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import Literal

Norm = Literal["batch", "layer"]
Vector = tuple[float, ...]
Place = tuple[int, int, int]  # sentence, position, feature

EPS = 1e-5
WORDS = (("we", "saw", "it", "all"), ("stop", "now", "", ""), ("it", "saw", "us", ""))  # "" is padding
VALUES: tuple[tuple[Vector, ...], ...] = (
    ((3, -1, 2, 0), (1, 4, -2, 5), (-2, 0, 1, -3), (5, 2, 2, 3)),
    ((2, 2, -4, 0), (-1, 3, 0, 6), (0, 0, 0, 0), (0, 0, 0, 0)),
    ((-2, 0, 1, -3), (1, 4, -2, 5), (0, -5, 3, 2), (0, 0, 0, 0)),
)
CHANGE = 6  # what is added to every number of the other sentences


@dataclass(frozen=True)
class NormAxes:
    """Numbers x[sentence, position, feature], one of them looked at, and how they are normalised.

        batch norm:  mean and variance over all tokens of the batch, for one feature
        layer norm:  mean and variance over all features, for one token
        y = (x - mean) / sqrt(variance + eps)

    `counts_padding` says whether batch norm takes padded tokens for tokens; `is_alone` leaves the
    batch one sentence.
    Ioffe and Szegedy 2015 (1502.03167), algorithm 1; Ba, Kiros and Hinton 2016 (1607.06450), eq. 3.
    """

    values: tuple[tuple[Vector, ...], ...] = VALUES
    norm: Norm = "batch"
    place: Place = (0, 1, 1)
    counts_padding: bool = True
    is_alone: bool = False
    edits: dict[Place, float] = field(default_factory=dict)

    @property
    def sentences(self) -> tuple[int, ...]:
        """Those of the batch: all, or the one that is looked at."""
        return (self.place[0],) if self.is_alone else tuple(range(len(self.values)))

    def value(self, place: Place) -> float:
        """The number that stands there."""
        sentence, position, feature = place
        return self.edits.get(place, self.values[sentence][position][feature])

    def places(self) -> Iterator[Place]:
        """Every number of the batch, token by token."""
        for sentence in self.sentences:
            for position, vector in enumerate(self.values[sentence]):
                yield from ((sentence, position, feature) for feature in range(len(vector)))

    def shares(self, place: Place) -> tuple[Place, ...]:
        """The numbers that make the mean of this one."""
        if self.norm == "layer":
            return tuple(each for each in self.places() if each[:2] == place[:2])
        alike = (each for each in self.places() if each[2] == place[2])
        return tuple(each for each in alike if self.counts_padding or not is_padding(each))

    def statistics(self, place: Place) -> tuple[float, float]:
        """Mean and biased variance of the numbers that this one shares them with."""
        numbers = [self.value(each) for each in self.shares(place)]
        mean = sum(numbers) / len(numbers)
        return mean, sum((number - mean) ** 2 for number in numbers) / len(numbers)

    def output(self, place: Place) -> float:
        """The number normalised."""
        mean, variance = self.statistics(place)
        return (self.value(place) - mean) / sqrt(variance + EPS)

    def outputs(self) -> dict[Place, float]:
        """All of them."""
        return {place: self.output(place) for place in self.places()}

    def with_others_changed(self) -> "NormAxes":
        """Every word of the other sentences moved by the same step; again, and it is undone."""
        others = {p: x for p, x in self.edits.items() if p[0] != self.place[0] and not is_padding(p)}
        own = {p: x for p, x in self.edits.items() if p not in others}
        if others:
            return replace(self, edits=own)
        moved = {
            place: self.value(place) + CHANGE
            for place in replace(self, is_alone=False).places()
            if place[0] != self.place[0] and not is_padding(place)
        }
        return replace(self, edits={**own, **moved})


def is_padding(place: Place) -> bool:
    """Whether no word stands there."""
    return not WORDS[place[0]][place[1]]
