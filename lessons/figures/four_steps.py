"""Scaled dot-product attention over a sentence of four words, with every number at hand. Never loads torch."""

import math
from dataclasses import dataclass, replace

from lessons.figures.small_matrices import Matrix, Vector, scaled, times

TOKENS = ("the", "dog", "saw", "it")
QUERIES: Matrix = ((1.0, 1.0), (0.0, 2.0), (2.0, 0.0), (3.0, -1.0))
KEYS: Matrix = ((0.0, 0.0), (2.0, 0.0), (0.0, 2.0), (1.0, 0.0))
VALUES: Matrix = ((0.0, 0.0), (4.0, 0.0), (0.0, 4.0), (1.0, 1.0))
LARGEST = 4.0  # of an entry that is edited
STEPS = 4


@dataclass(frozen=True)
class FourSteps:
    """softmax(Q K^T / sqrt(d_k)) V, taken as far as step `step`, and seen from the query of token `row`.

        1  S = Q K^T       2  S / sqrt(d_k)       3  W = softmax of each row       4  Y = W V

    Symbols: n = m = 4 tokens, d_k = d_v = 2. Shapes: q, k, v (4, 2); of `results` (4, 4) three times, then (4, 2).
    `place` is the entry that can be edited: token, and column 0 to 5 of Q, K and V side by side.
    Vaswani et al. 2017 (1706.03762), eq. 1.
    """

    q: Matrix = QUERIES
    k: Matrix = KEYS
    v: Matrix = VALUES
    row: int = 3
    step: int = 1
    place: tuple[int, int] = (1, 2)

    def __post_init__(self) -> None:
        if not 1 <= self.step <= STEPS or not 0 <= self.row < len(TOKENS):
            raise ValueError(f"no step {self.step} of token {self.row}: there are {STEPS} and {len(TOKENS)}")

    @property
    def scores(self) -> Matrix:
        """S: how well each query fits each key."""
        return times(self.q, tuple(zip(*self.k, strict=True)))

    @property
    def scaled(self) -> Matrix:
        return scaled(self.scores, 1 / self.root)

    @property
    def root(self) -> float:
        """sqrt(d_k)."""
        return math.sqrt(len(self.k[0]))

    @property
    def weights(self) -> Matrix:
        """W: each row positive, its sum 1."""
        return tuple(softmax(row) for row in self.scaled)

    @property
    def output(self) -> Matrix:
        """Y: a weighted mean of the values for each query."""
        return times(self.weights, self.v)

    @property
    def results(self) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """What each of the four steps gives."""
        return self.scores, self.scaled, self.weights, self.output

    @property
    def before(self) -> "FourSteps":
        """The same, with the entries as they were before any was edited."""
        return replace(self, q=QUERIES, k=KEYS, v=VALUES)

    @property
    def entries(self) -> Matrix:
        """Q, K and V side by side, (4, 6)."""
        return tuple((*q, *k, *v) for q, k, v in zip(self.q, self.k, self.v, strict=True))

    def edited(self, by: float) -> "FourSteps":
        """The entry at `place` moved by this much, within its limits."""
        token, column = self.place
        rows = [list(row) for row in self.entries]
        rows[token][column] = min(max(rows[token][column] + by, -LARGEST), LARGEST)
        q, k, v = (tuple(tuple(row[at : at + 2]) for row in rows) for at in (0, 2, 4))
        return replace(self, q=q, k=k, v=v)


def softmax(row: Vector) -> Vector:
    """exp(x_i) / sum_j exp(x_j), with the largest taken away first so that nothing overflows."""
    powers = [math.exp(value - max(row)) for value in row]
    return tuple(power / math.fsum(powers) for power in powers)
