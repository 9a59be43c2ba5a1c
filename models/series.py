"""A curve of any length in a bounded amount of memory."""

import math
from typing import Literal, NamedTuple

MAX_BUCKETS = 1024
_MAX_NOT_FINITE = 100


class Bucket(NamedTuple):
    """Neighbouring points, reduced to what a drawing needs: a peak is never averaged away."""

    first_step: int
    last_step: int
    min: float
    max: float
    last: float
    count: int


class Series:
    """Points (step, value) in at most 1024 buckets; when they are full, neighbours are merged in pairs."""

    def __init__(self) -> None:
        self.not_finite: list[tuple[int, str]] = []  # (step, "nan" | "inf" | "-inf"), the first hundred
        self._buckets: list[Bucket] = []
        self._points_per_bucket = 1
        self._lowest: tuple[int, float] | None = None
        self._highest: tuple[int, float] | None = None

    def add(self, step: int, value: float) -> None:
        """Take in the next point; one that is not finite goes to `not_finite` and leaves the curve alone."""
        value = float(value)
        if not math.isfinite(value):
            if len(self.not_finite) < _MAX_NOT_FINITE:
                self.not_finite.append((step, str(value)))
            return
        self._remember_extremes(step, value)
        if self._buckets and self._buckets[-1].count < self._points_per_bucket:
            self._buckets[-1] = _merged(self._buckets[-1], Bucket(step, step, value, value, value, 1))
            return
        if len(self._buckets) == MAX_BUCKETS:
            pairs = zip(self._buckets[::2], self._buckets[1::2], strict=True)
            self._buckets = [_merged(left, right) for left, right in pairs]
            self._points_per_bucket *= 2
        self._buckets.append(Bucket(step, step, value, value, value, 1))

    def points(self) -> list[Bucket]:
        """The curve so far, oldest first."""
        return list(self._buckets)

    @property
    def last(self) -> float | None:
        """The newest finite value."""
        return self._buckets[-1].last if self._buckets else None

    def best(self, pick: Literal["min", "max"]) -> tuple[int, float] | None:
        """The step and value of the lowest or highest point, the first one where several are equal."""
        return self._lowest if pick == "min" else self._highest

    def _remember_extremes(self, step: int, value: float) -> None:
        if self._lowest is None or value < self._lowest[1]:
            self._lowest = (step, value)
        if self._highest is None or value > self._highest[1]:
            self._highest = (step, value)


def _merged(left: Bucket, right: Bucket) -> Bucket:
    return Bucket(
        left.first_step,
        right.last_step,
        min(left.min, right.min),
        max(left.max, right.max),
        right.last,
        left.count + right.count,
    )
