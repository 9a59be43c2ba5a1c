"""The Jacobians of a recurrent net of four units, multiplied step by step back through time. Never loads torch."""

import math
from dataclasses import dataclass
from functools import cache

from lessons.figures.small_matrices import (
    Matrix,
    Vector,
    dot,
    identity,
    largest_singular_value,
    scaled,
    spectral_radius,
    times,
)

STEPS = 24
UNITS = 4
MATRICES: dict[str, Matrix] = {
    "random": ((0.5, -1.1, 0.3, 0.8), (0.9, 0.4, -0.7, 0.2), (-0.3, 1.0, 0.6, -0.9), (0.7, -0.2, 1.2, -0.4)),
    "rotation": ((0.8, -0.6, 0.0, 0.0), (0.6, 0.8, 0.0, 0.0), (0.0, 0.0, 0.28, -0.96), (0.0, 0.0, 0.96, 0.28)),
    "shear": ((1.0, 1.0, 0.5, 0.0), (0.0, 1.0, 1.0, 0.5), (0.0, 0.0, 1.0, 1.0), (0.0, 0.0, 0.0, 1.0)),
}
RADII = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5)
INPUTS = (0.0, 0.2, 0.5, 1.0, 2.0)


@dataclass(frozen=True)
class JacobianChain:
    """A net h_t = tanh(x_t + U h_{t-1}), and what is left of a change of h_t at h_T, T = STEPS, h_0 = 0.

        dh_T/dh_t = D_T U  D_{T-1} U ... D_{t+1} U,   D_k = diag(1 - h_k^2)
        |dh_T/dh_t| <= (gamma sigma_max)^(T - t),     gamma = 1 for tanh

    Symbols: U is the chosen matrix, scaled to the spectral radius `radius`; x_t are fixed waves of the size `inputs`.
    Every list has one number for each k = T - t from 0 to T: k steps back. `back` is the k that is looked at.
    """

    matrix: str = "random"
    radius: float = 0.9
    inputs: float = 0.5
    back: int = STEPS

    def __post_init__(self) -> None:
        if self.matrix not in MATRICES:
            raise ValueError(f"U is one of {', '.join(MATRICES)}, not {self.matrix}")
        if not 0 <= self.back <= STEPS:
            raise ValueError(f"there are 0 to {STEPS} steps to go back, not {self.back}")

    @property
    def u(self) -> Matrix:
        return _scaled_to(self.matrix, self.radius)

    @property
    def sigma_max(self) -> float:
        return largest_singular_value(self.u)

    @property
    def states(self) -> Matrix:
        """h_0 to h_T."""
        return _chain(self.matrix, self.radius, self.inputs)[0]

    @property
    def products(self) -> tuple[Matrix, ...]:
        """dh_T/dh_{T-k} for k from 0, the identity, to T."""
        return _chain(self.matrix, self.radius, self.inputs)[1]

    @property
    def bound(self) -> Vector:
        """sigma_max^k."""
        sigma = self.sigma_max
        return tuple(sigma**k for k in range(STEPS + 1))

    @property
    def powers(self) -> Vector:
        """|U^k|: the chain of a net without tanh."""
        return _power_norms(self.matrix, self.radius)

    @property
    def norms(self) -> Vector:
        """|dh_T/dh_t|, the product's largest singular value: the most that is left of any change of h_t."""
        return tuple(largest_singular_value(product) for product in self.products)

    @property
    def gradients(self) -> Vector:
        """|dL/dh_t| / |dL/dh_T| for L = the sum of h_T: what is left for one loss."""
        sums = (tuple(map(math.fsum, zip(*product, strict=True))) for product in self.products)
        return tuple(math.hypot(*columns) / math.sqrt(UNITS) for columns in sums)

    @property
    def slopes(self) -> Vector | None:
        """The diagonal of the factor that came last, D_{t+1}; None where no step was gone back."""
        return tuple(1 - h * h for h in self.states[STEPS - self.back + 1]) if self.back else None


@cache
def _scaled_to(matrix: str, radius: float) -> Matrix:
    return scaled(MATRICES[matrix], radius / spectral_radius(MATRICES[matrix]))


@cache
def _chain(matrix: str, radius: float, inputs: float) -> tuple[Matrix, tuple[Matrix, ...]]:
    """The states h_0 .. h_T and the products dh_T/dh_{T-k}, k = 0 .. T."""
    u = _scaled_to(matrix, radius)
    states: list[Vector] = [(0.0,) * UNITS]
    for t in range(1, STEPS + 1):
        states.append(tuple(math.tanh(inputs * _wave(t, i) + dot(u[i], states[-1])) for i in range(UNITS)))
    products = [identity(UNITS)]
    for h in reversed(states[1:]):
        products.append(times(products[-1], scaled(u, [1 - value * value for value in h])))
    return tuple(states), tuple(products)


@cache
def _power_norms(matrix: str, radius: float) -> Vector:
    u, power, norms = _scaled_to(matrix, radius), identity(UNITS), []
    for _ in range(STEPS + 1):
        norms.append(largest_singular_value(power))
        power = times(power, u)
    return tuple(norms)


def _wave(t: int, unit: int) -> float:
    """The input of a unit at step t: a wave of its own period, between -1 and 1."""
    return math.sin(1.3 * t + (unit + 1) * 0.7 * t + unit)
