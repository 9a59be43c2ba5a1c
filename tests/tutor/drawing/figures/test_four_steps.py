import itertools

import pytest

from lessons.figures.four_steps import FourSteps
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.four_steps import draw_four_steps
from tutor.drawing.rows import cells, plain

EXTREME = ((-4.0, -4.0),) * 4


def test_three_steps_of_one_row():
    assert plain(draw_four_steps(FourSteps(step=3), 76, ASCII)) == [
        "Step 3 of 4, softmax: exp over the row's sum, shares that add up to 1.",
        "",
        "                                                  all rows of shares W",
        "             Q            K            V          the    dog    saw     it",
        " the    1.0   1.0    0.0   0.0    0.0   0.0      0.09   0.37   0.37   0.18",
        " dog    0.0   2.0   [2.0]  0.0    4.0   0.0      0.05   0.05   0.85   0.05",
        " saw    2.0   0.0    0.0   2.0    0.0   4.0      0.04   0.73   0.04   0.18",
        ">it     3.0  -1.0    1.0   0.0    1.0   1.0      0.01   0.88   0.00   0.11",
        "",
        "key          query x key           q.k  /1.41      exp share",
        "the    3.0 x  0.0 + -1.0 x  0.0   0.00   0.00     1.00 0.01",
        "dog    3.0 x  2.0 + -1.0 x  0.0   6.00   4.24    69.59 0.88",
        "saw    3.0 x  0.0 + -1.0 x  2.0  -2.00  -1.41     0.24 0.00",
        "it     3.0 x  1.0 + -1.0 x  0.0   3.00   2.12     8.34 0.11",
        "sum                                              79.18 1.00",
        "",
        "K[dog, 0] = 2.0.",
    ]


def test_what_a_step_has_not_reached_is_not_there():
    heads = [plain(draw_four_steps(FourSteps(step=step), 76, ASCII))[9].split() for step in (1, 2, 3, 4)]
    assert [head[-1] for head in heads] == ["q.k", "/1.41", "share", "value"]


def test_after_an_edit_a_star_marks_what_has_moved():
    rows = plain(draw_four_steps(FourSteps(step=2).edited(1.0), 76, ASCII))
    assert rows[11].endswith("9.00*  6.36*")
    assert rows[10].count("*") == 0
    assert rows[-1] == "K[dog, 0] = 3.0, was 2.0. A star marks what has moved."


@pytest.mark.parametrize(("width", "whole"), [(76, True), (56, False), (50, False)])
@pytest.mark.parametrize("state", [FourSteps(), FourSteps(EXTREME, EXTREME, EXTREME)])
def test_every_step_and_row_fits_uncut(width: int, whole: bool, state: FourSteps):
    for step, row in itertools.product((1, 2, 3, 4), range(4)):
        now = FourSteps(state.q, state.k, state.v, row, step)
        rows = draw_four_steps(now, width, UNICODE)
        assert len(rows) <= 18
        assert {cells(each) for each in rows} == {width}
        assert not any("…" in each for each in plain(rows))
        assert any("all rows" in each for each in plain(rows)) == whole


def test_a_narrow_figure_is_cut_but_never_wider():
    assert {cells(row) for row in draw_four_steps(FourSteps(step=4), 30, ASCII)} == {30}
