import itertools

import pytest

from lessons.figures.two_tasks import COUNT, LEANS, TwoTasks
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.two_tasks import draw_two_tasks
from tutor.drawing.rows import cells, plain


def test_one_head_and_two_at_the_middle():
    assert plain(draw_two_tasks(TwoTasks(), 76, ASCII)) == [
        "a7 asks for two values: before it c2, its partner A9",
        "",
        "weights      b4    A9    c2   [a7]   C5    B1    brings",
        "one head   0.00  0.50  0.50  0.00  0.00  0.00      5.50",
        "two: 1     0.00  0.00  1.00  0.00  0.00  0.00      2.01",
        "two: 2     0.00  1.00  0.00  0.00  0.00  0.00      8.99",
        "",
        "asked for      one head reads  misses   two read    miss",
        "before   c2              5.50     50%       2.00      0%",
        "partner  A9              5.50     50%       9.00      0%",
        "both                             100%                 0%",
        "",
        "lean         -6   -5   -4   -3   -2   -1    0   +1   +2   +3   +4   +5   +6",
        "before     100%  99%  98%  95%  88%  73%  50%  27%  12%   5%   2%   1%   0%",
        "partner      0%   1%   2%   5%  12%  27%  50%  73%  88%  95%  98%  99% 100%",
        "both       100% 100% 100% 100% 100% 100% 100% 100% 100% 100% 100% 100% 100%",
        "",
        "4 d^2 = 784 parameters with one head and with two.",
    ]


@pytest.mark.parametrize("width", [76, 56])
def test_every_token_and_lean_fits_uncut(width: int):
    for token, lean in itertools.product(range(1, COUNT), LEANS):
        rows = draw_two_tasks(TwoTasks(token, lean), width, UNICODE)
        assert len(rows) == 18
        assert {cells(row) for row in rows} == {width}
        assert not any("…" in row for row in plain(rows))


def test_a_narrow_figure_is_cut_but_never_wider():
    assert {cells(row) for row in draw_two_tasks(TwoTasks(), 30, ASCII)} == {30}
