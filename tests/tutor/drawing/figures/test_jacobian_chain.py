import pytest

from lessons.figures.jacobian_chain import INPUTS, MATRICES, RADII, STEPS, JacobianChain
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.jacobian_chain import draw_jacobian_chain
from tutor.drawing.rows import cells, plain


def test_the_numbers_of_the_step_that_is_looked_at():
    chain = JacobianChain("rotation", 0.5, inputs=0, back=2)
    rows = plain(draw_jacobian_chain(chain, 76, ASCII))
    assert rows[0] == "U rotation: spectral radius 0.5, sigma_max 0.50; inputs 0"
    assert rows[-6:] == [
        "k steps back, t = T - k. At k = 2, with the mean factor of a step:",
        "* bound sigma_max^k             0.25   x 0.500 a step",
        "o without tanh |U^k|            0.25   x 0.500 a step",
        "+ |dh_T/dh_t|                   0.25   x 0.500 a step",
        "x |dL/dh_t| / |dL/dh_T|         0.25   x 0.500 a step",
        "the last factor's slopes 1 - h^2:  1.00  1.00  1.00  1.00",
    ]


def test_before_the_first_step_there_is_the_identity():
    rows = plain(draw_jacobian_chain(JacobianChain(back=0), 76, ASCII))
    assert rows[-1] == "no factor yet: the product is the identity"
    assert [row.split()[-1] for row in rows[-5:-1]] == ["1"] * 4


@pytest.mark.parametrize("matrix", MATRICES)
@pytest.mark.parametrize("radius", [RADII[0], RADII[-1]])
@pytest.mark.parametrize("inputs", INPUTS)
def test_it_fits_at_every_setting(matrix: str, radius: float, inputs: float):
    for back in (0, 1, STEPS):
        rows = draw_jacobian_chain(JacobianChain(matrix, radius, inputs, back), 76, UNICODE)
        assert len(rows) == 18
        assert {cells(row) for row in rows} == {76}
        assert not any(row.endswith("…") for row in plain(rows))


@pytest.mark.parametrize("width", [20, 40, 56])
def test_a_narrow_figure_is_cut_or_made_smaller_but_never_wider(width: int):
    rows = draw_jacobian_chain(JacobianChain(), width, ASCII)
    assert {cells(row) for row in rows} == {width}
    assert all(row.isascii() for row in plain(rows))
