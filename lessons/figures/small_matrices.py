"""Small real matrices in plain Python: products, the largest singular value, the spectral radius. Never loads torch."""

import math
from collections.abc import Iterable, Sequence

Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]
SWEEPS = 60
SQUARINGS = 50  # of the matrix: the power 2^50, at which a factor of any sane size is gone from the root
ENOUGH = 1e-15


def dot(a: Iterable[float], b: Iterable[float]) -> float:
    """The sum of the products; rounded once."""
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


def identity(size: int) -> Matrix:
    return tuple(tuple(float(i == j) for j in range(size)) for i in range(size))


def times(a: Matrix, b: Matrix) -> Matrix:
    """The product a b."""
    columns = tuple(zip(*b, strict=True))
    return tuple(tuple(dot(row, column) for column in columns) for row in a)


def scaled(a: Matrix, by: float | Sequence[float]) -> Matrix:
    """Every entry times `by`; row i times by[i] where it is a vector: diag(by) a."""
    factors = [by] * len(a) if isinstance(by, int | float) else by
    return tuple(tuple(factor * value for value in row) for factor, row in zip(factors, a, strict=True))


def largest_singular_value(a: Matrix) -> float:
    """How much a can stretch a vector at most: max |a v| / |v|.

    One-sided Jacobi rotations make the columns orthogonal; their lengths are the singular values.
    Golub and Van Loan, Matrix Computations, section 8.6.3.
    """
    columns = [list(column) for column in zip(*a, strict=True)]
    for _ in range(SWEEPS):
        pairs = [(p, q) for p in range(len(columns)) for q in range(p + 1, len(columns))]
        turned = [_rotate(columns, p, q) for p, q in pairs]
        if not any(turned):
            break
    return max(math.hypot(*column) for column in columns)


def spectral_radius(a: Matrix) -> float:
    """The largest absolute value of an eigenvalue, by Gelfand's formula: the limit of |a^k|^(1/k)."""
    logarithm, power = 0.0, a
    for doubling in range(SQUARINGS):
        size = math.hypot(*(value for row in power for value in row))
        if size == 0.0:
            return 0.0
        logarithm += math.log(size) / 2**doubling
        power = scaled(power, 1 / size)
        power = times(power, power)
    return math.exp(logarithm)


def _rotate(columns: list[list[float]], p: int, q: int) -> bool:
    """Turn two columns in their plane so that they stand at right angles; False where they did."""
    x, y = columns[p], columns[q]
    alpha, beta, gamma = dot(x, x), dot(y, y), dot(x, y)
    if abs(gamma) <= ENOUGH * math.sqrt(alpha * beta):
        return False
    zeta = (beta - alpha) / (2 * gamma)
    tangent = math.copysign(1.0, zeta) / (abs(zeta) + math.hypot(1.0, zeta))
    cosine = 1 / math.hypot(1.0, tangent)
    sine = cosine * tangent
    columns[p] = [cosine * u - sine * v for u, v in zip(x, y, strict=True)]
    columns[q] = [sine * u + cosine * v for u, v in zip(x, y, strict=True)]
    return True
