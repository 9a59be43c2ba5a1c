"""Six tokens, each with two questions at once, answered by one head and by two of the same width. Never loads torch."""

import math
from dataclasses import dataclass, replace

from lessons.figures.four_steps import softmax
from lessons.figures.small_matrices import Matrix, Vector, dot, times

LETTERS = ("b", "A", "c", "a", "C", "B")  # a letter's partner is the same letter in the other case
VALUES: Vector = (4.0, 9.0, 2.0, 7.0, 5.0, 1.0)
ALPHABET = "abcABC"
COUNT = len(LETTERS)
WIDTH = 14  # d: six for the letter, six for the place, one for the value, one to spare
LEANS = tuple(range(-6, 7))  # twice what the one head's score for the token before has more than that for the partner
SHARPNESS = 8.0  # the score of a token that is asked for; of any other it is 0
MEAN = 4.5  # of values drawn from 0 to 9


@dataclass(frozen=True)
class Head:
    """One head: its weights from the chosen token, and the one number that they bring.

    Best linear readout of the value of token t, over values that are independent with one mean and variance, and the
    share of the variance that it misses:

        read = mean + alpha (brought - mean),   alpha = w_t / sum_j w_j^2        missed = 1 - w_t^2 / sum_j w_j^2
    """

    weights: Vector
    brought: float

    @property
    def squares(self) -> float:
        return math.fsum(w * w for w in self.weights)

    def read(self, target: int) -> float:
        return MEAN + self.weights[target] / self.squares * (self.brought - MEAN)

    def missing(self, target: int) -> float:
        return 1 - self.weights[target] ** 2 / self.squares


@dataclass(frozen=True)
class TwoTasks:
    """Token `token` is to tell two values: that of the token before it, and that of its letter in the other case.

        x_j = (letter one-hot, place one-hot, value, 0),  d = 14        weights = softmax(x W^Q (x W^K)^T / sqrt(d_k))

    W^K picks letter and place as they are; W^Q, sqrt(d_k) times `query_map`, asks for the other case and for the place
    before. One head, d_k = 14, has the sum of both scores in one row; two heads, d_k = 7 each, have a row for each.
    """

    token: int = 3
    lean: int = 0
    values: Vector = VALUES

    def __post_init__(self) -> None:
        if not 1 <= self.token < COUNT or self.lean not in LEANS:
            raise ValueError(f"tokens 1 to {COUNT - 1} have one before them; leans are {LEANS[0]} to {LEANS[-1]}")

    @property
    def targets(self) -> tuple[int, int]:
        """Where the two answers stand: the token before, the partner."""
        return self.token - 1, LETTERS.index(LETTERS[self.token].swapcase())

    @property
    def x(self) -> Matrix:
        """The tokens' vectors, (6, 14)."""
        return tuple(
            (*_one_hot(ALPHABET.index(letter)), *_one_hot(place), value, 0.0)
            for place, (letter, value) in enumerate(zip(LETTERS, self.values, strict=True))
        )

    @property
    def one_head(self) -> Head:
        """Both scores in one row; the lean decides how the weights are divided."""
        return self._head(SHARPNESS + self.lean / 4, SHARPNESS - self.lean / 4)

    @property
    def two_heads(self) -> tuple[Head, Head]:
        """A row of weights for each task."""
        return self._head(SHARPNESS, 0.0), self._head(0.0, SHARPNESS)

    @property
    def trade_off(self) -> tuple[tuple[float, float], ...]:
        """What one head misses of the two tasks, for every lean."""
        heads = [replace(self, lean=lean).one_head for lean in LEANS]
        before, partner = self.targets
        return tuple((head.missing(before), head.missing(partner)) for head in heads)

    @property
    def parameters(self) -> int:
        """W^Q, W^K, W^V and W^O together, whatever h is: 4 d^2."""
        return 4 * WIDTH * WIDTH

    def _head(self, before: float, partner: float) -> Head:
        (query,) = times((self.x[self.token],), query_map(before, partner))
        weights = softmax(tuple(dot(query, row[: 2 * COUNT]) for row in self.x))
        return Head(weights, dot(weights, self.values))


def query_map(before: float, partner: float) -> Matrix:
    """(14, 12): a letter asks for its other case with the score `partner`, a place for the one before with `before`."""
    letters = ((*_one_hot(ALPHABET.index(each.swapcase()), partner), *_one_hot(None)) for each in ALPHABET)
    places = ((*_one_hot(None), *_one_hot(place - 1 if place else None, before)) for place in range(COUNT))
    nothing = (0.0,) * 2 * COUNT
    return (*letters, *places, nothing, nothing)


def _one_hot(place: int | None, size: float = 1.0) -> Vector:
    return tuple(size * (each == place) for each in range(COUNT))
