"""How a cost grows with a length: the exponent of a power law, and where two costs cross. Never loads torch."""

from collections.abc import Mapping
from itertools import pairwise
from math import exp, log

Costs = Mapping[int, float]  # length -> cost


def exponent(costs: Costs, shortest: int = 0) -> float | None:
    """The slope of ln cost over ln n by least squares, for n >= shortest; None for fewer than two lengths."""
    points = [(log(n), log(cost)) for n, cost in costs.items() if n >= shortest and cost > 0]
    if len(points) < 2:
        return None
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def crossing(first: Costs, second: Costs) -> float | None:
    """The largest n at which the first begins to cost more than the second, straight between points in logarithms.

    None where it never does between two lengths of both.
    """
    lengths = sorted(set(first) & set(second))
    gaps = [(log(n), log(first[n] / second[n])) for n in lengths]
    for (x, below), (y, above) in reversed(list(pairwise(gaps))):
        if below <= 0 < above:
            return exp(x + (y - x) * -below / (above - below))
    return None
