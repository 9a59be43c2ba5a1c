"""What the size of d_k does to dot products and to the softmax behind them, measured on draws. Never loads torch."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
KEYS = 8
QUERIES = 256
DRAWS = 5
ARMS = ("without", "with")  # the division by sqrt(d_k)


@dataclass(frozen=True)
class Measured:
    """Of one arm over all queries: means, and for the gradients the median too.

    variance: of the scores. largest: weight of a row. entropy: of a row, in nats, ln 8 where all are equal.
    slope: |J|_F of the softmax, J = diag(w) - w w^T. gradient: |dL/dq| for L = g . w, |g| = 1, g drawn for each query.
    """

    variance: float
    largest: float
    entropy: float
    slope: float
    median_slope: float
    gradient: float
    median_gradient: float


@dataclass(frozen=True)
class ScaleSlider:
    """256 queries with 8 keys each, all entries drawn from N(0, 1), at one d_k.

        s_j = q . k_j              var(s_j) = d_k
        s_j = q . k_j / sqrt(d_k)  var(s_j) = 1        w = softmax(s)

    A smaller d_k takes the first entries of the same draw.
    """

    d_k: int = 64
    draw: int = 0

    def __post_init__(self) -> None:
        if self.d_k not in SIZES or not 0 <= self.draw < DRAWS:
            raise ValueError(f"d_k is one of {', '.join(map(str, SIZES))}, not {self.d_k}; draws are 0 to {DRAWS - 1}")

    @property
    def measured(self) -> dict[str, Measured]:
        """Both arms at this d_k."""
        return {arm: measure(self.d_k, self.draw, arm == "with") for arm in ARMS}

    @property
    def curves(self) -> dict[str, tuple[Measured, ...]]:
        """Both arms at every d_k of SIZES."""
        return {arm: tuple(measure(d, self.draw, arm == "with") for d in SIZES) for arm in ARMS}

    @property
    def first_row(self) -> dict[str, tuple[float, ...]]:
        """The weights of the first query, the larger the first; in both arms the same key has the same place."""
        order = np.argsort(-scores(self.d_k, self.draw, False)[0], kind="stable")
        return {arm: _row(self.d_k, self.draw, arm == "with", order) for arm in ARMS}


@cache
def drawn(draw: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Queries (256, 512), keys (256, 8, 512), and the directions g (256, 8) in which a loss pulls at the weights."""
    generator = np.random.default_rng(draw)
    pull = generator.standard_normal((QUERIES, KEYS))
    q = generator.standard_normal((QUERIES, SIZES[-1]))
    k = generator.standard_normal((QUERIES, KEYS, SIZES[-1]))
    return q, k, pull / np.linalg.norm(pull, axis=1, keepdims=True)


def scores(d_k: int, draw: int, is_scaled: bool) -> NDArray[np.float64]:
    """(256, 8)."""
    q, k, _ = drawn(draw)
    products = np.einsum("nd,njd->nj", q[:, :d_k], k[:, :, :d_k])
    return products / math.sqrt(d_k) if is_scaled else products


def softmax(s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Along the last axis."""
    powers = np.exp(s - s.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


@cache
def measure(d_k: int, draw: int, is_scaled: bool) -> Measured:
    """One arm at one d_k; gradients by the formula of the softmax's Jacobian."""
    _, k, pull = drawn(draw)
    s = scores(d_k, draw, is_scaled)
    w = softmax(s)
    squares = (w * w).sum(axis=1)
    slope = np.sqrt(np.maximum(squares - 2 * (w**3).sum(axis=1) + squares**2, 0.0))
    through = w * (pull - (w * pull).sum(axis=1, keepdims=True))  # J g, (256, 8)
    gradient = np.linalg.norm(np.einsum("nj,njd->nd", through, k[:, :, :d_k]), axis=1)
    gradient = gradient / math.sqrt(d_k) if is_scaled else gradient
    logs = np.log(np.where(w > 0, w, 1.0))
    means = (s.var(), w.max(axis=1).mean(), -(w * logs).sum(axis=1).mean(), slope.mean(), np.median(slope))
    return Measured(*map(float, (*means, gradient.mean(), np.median(gradient))))


def _row(d_k: int, draw: int, is_scaled: bool, order: NDArray[np.intp]) -> tuple[float, ...]:
    return tuple(float(weight) for weight in softmax(scores(d_k, draw, is_scaled)[0])[order])
