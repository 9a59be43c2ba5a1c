import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.figures.small_matrices import Matrix, identity, largest_singular_value, scaled, spectral_radius, times


@st.composite
def squares(draw: st.DrawFn) -> Matrix:
    size = draw(st.integers(1, 5))
    row = st.tuples(*[st.floats(-3, 3).map(lambda value: round(value, 2))] * size)
    return draw(st.tuples(*[row] * size))


def tensor(a: Matrix) -> torch.Tensor:
    return torch.tensor(a, dtype=torch.float64)


@given(squares())
@settings(deadline=None)
def test_the_largest_singular_value_is_torchs(a: Matrix):
    assert largest_singular_value(a) == pytest.approx(
        float(torch.linalg.svdvals(tensor(a)).max()), rel=1e-12, abs=1e-14
    )


@given(squares())
@settings(deadline=None)
def test_the_spectral_radius_is_the_largest_eigenvalue_in_absolute_value(a: Matrix):
    expected = float(torch.linalg.eigvals(tensor(a)).abs().max())
    # an eigenvalue of multiplicity m comes out of LAPACK with an error of up to eps^(1/m)
    assert spectral_radius(a) == pytest.approx(expected, rel=2e-3, abs=2e-3)
    assert spectral_radius(a) <= largest_singular_value(a) * (1 + 1e-12)


@pytest.mark.parametrize(("a", "radius"), [
    (((0.9, 5.0), (0.0, 0.9)), 0.9), (((0.0, 1.0), (0.0, 0.0)), 0.0), (((0.0, -2.0), (2.0, 0.0)), 2.0),
    (((3.0, 1.0), (0.0, -4.0)), 4.0),
])  # fmt: skip
def test_spectral_radii_known_on_paper(a: Matrix, radius: float):
    assert spectral_radius(a) == pytest.approx(radius, rel=1e-10)


@given(squares())
@settings(deadline=None)
def test_products_and_scalings_are_torchs(a: Matrix):
    size = len(a)
    torch.testing.assert_close(tensor(times(a, a)), tensor(a) @ tensor(a), rtol=1e-12, atol=1e-12)
    assert times(a, identity(size)) == a
    factors = [float(i) for i in range(size)]
    torch.testing.assert_close(tensor(scaled(a, factors)), torch.diag(torch.tensor(factors).double()) @ tensor(a))
    assert scaled(a, 1) == a
