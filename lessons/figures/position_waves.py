"""Positions as waves: the matrix, its dot products by distance, and a sentence that is shuffled. Never loads torch."""

import math
import random
from dataclasses import dataclass, replace
from functools import cache

from lessons.figures.four_steps import softmax
from lessons.figures.small_matrices import Matrix, Vector, dot, scaled, times

WIDTH = 32  # d
PAIRS = WIDTH // 2
POSITIONS = 24
LONGEST = 10_000.0
SENTENCE = ("the", "dog", "bites", "the", "man")
ORDERS = ((0, 1, 2, 3, 4), (3, 4, 2, 0, 1), (4, 3, 2, 1, 0), (2, 0, 1, 3, 4))  # what is read when it is shuffled


@dataclass(frozen=True)
class Moved:
    """One word of the sentence: where it stood and stands, and how far its output has moved, |y' - y|."""

    word: str
    before: int
    after: int
    without: float
    with_positions: float


@dataclass(frozen=True)
class PositionWaves:
    """Looked at from position p at the pair i of columns 2i and 2i + 1, and at the sentence in order `order`.

    PE(p, 2i) = sin(p w_i)     PE(p, 2i + 1) = cos(p w_i)     w_i = 10000^(-2i/d),  d = 32
    PE(p) . PE(p + k) = sum over i of  cos(k w_i)
    """

    position: int = 3
    pair: int = 2
    order: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.position < POSITIONS or not 0 <= self.pair < PAIRS or not 0 <= self.order < len(ORDERS):
            raise ValueError(f"positions go to {POSITIONS - 1}, pairs to {PAIRS - 1}, orders to {len(ORDERS) - 1}")

    @property
    def matrix(self) -> Matrix:
        """PE of positions 0 to 23, (24, 32)."""
        return encoding(POSITIONS)

    @property
    def rate(self) -> float:
        """w_i of the pair."""
        return LONGEST ** (-2 * self.pair / WIDTH)

    @property
    def wavelength(self) -> float:
        """Positions until the pair's waves come round: 2 pi / w_i."""
        return 2 * math.pi / self.rate

    @property
    def products(self) -> Vector:
        """PE(p) . PE(p + k) for k = 0 to 24."""
        return _products(encoding(2 * POSITIONS), self.position)

    @property
    def table_products(self) -> Vector:
        """The same of drawn numbers, as a learnt table is before training; its rows are about as long."""
        return _products(drawn_table(), self.position)

    @property
    def at_the_start(self) -> "PositionWaves":
        """The same, seen from position 0."""
        return replace(self, position=0)

    @property
    def shuffled(self) -> tuple[str, ...]:
        """The words as they are read in this order."""
        return tuple(SENTENCE[place] for place in ORDERS[self.order])

    @property
    def moved(self) -> tuple[Moved, ...]:
        """What self-attention gives for each word after the shuffle, against what it gave before."""
        order = ORDERS[self.order]
        distances = []
        for positions in (False, True):
            before, after = attended(ORDERS[0], positions), attended(order, positions)
            distances.append([math.dist(before[place], after[order.index(place)]) for place in range(len(SENTENCE))])
        return tuple(
            Moved(word, place, order.index(place), *(each[place] for each in distances))
            for place, word in enumerate(SENTENCE)
        )

    @property
    def twins(self) -> tuple[float, float]:
        """How far apart the outputs of the two "the" are, in the order of now: without positions, and with."""
        first, second = (ORDERS[self.order].index(place) for place in (0, 3))
        without, with_positions = (attended(ORDERS[self.order], positions) for positions in (False, True))
        return math.dist(without[first], without[second]), math.dist(with_positions[first], with_positions[second])


@cache
def encoding(n: int) -> Matrix:
    """PE of n positions."""
    rates = [LONGEST ** (-2 * i / WIDTH) for i in range(PAIRS)]
    return tuple(tuple(wave(p * w) for w in rates for wave in (math.sin, math.cos)) for p in range(n))


@cache
def drawn_table() -> Matrix:
    return _drawn("table", 2 * POSITIONS, WIDTH, math.sqrt(0.5))


@cache
def embeddings() -> Matrix:
    """A vector for each place of the sentence; equal words have equal ones. Entries from N(0, 1)."""
    words = sorted(set(SENTENCE))
    vectors = dict(zip(words, _drawn("words", len(words), WIDTH, 1.0), strict=True))
    return tuple(vectors[word] for word in SENTENCE)


@cache
def projections() -> tuple[Matrix, Matrix, Matrix]:
    """W_Q, W_K and W_V, (32, 32), entries from N(0, 1/32)."""
    query, key, value = (_drawn(name, WIDTH, WIDTH, WIDTH**-0.5) for name in ("query", "key", "value"))
    return query, key, value


@cache
def attended(order: tuple[int, ...], with_positions: bool) -> Matrix:
    """Self-attention of one head over the words in this order, (5, 32): row j is what the j-th word read gets."""
    x = tuple(embeddings()[place] for place in order)
    if with_positions:
        x = tuple(tuple(map(sum, zip(a, b, strict=True))) for a, b in zip(x, encoding(len(x)), strict=True))
    q, k, v = (times(x, w) for w in projections())
    scores = scaled(times(q, tuple(zip(*k, strict=True))), 1 / math.sqrt(WIDTH))
    return times(tuple(softmax(row) for row in scores), v)


def _products(table: Matrix, position: int) -> Vector:
    return tuple(dot(table[position], table[position + k]) for k in range(POSITIONS + 1))


def _drawn(name: str, rows: int, columns: int, spread: float) -> Matrix:
    generator = random.Random(name)
    return tuple(tuple(generator.gauss(0.0, spread) for _ in range(columns)) for _ in range(rows))
