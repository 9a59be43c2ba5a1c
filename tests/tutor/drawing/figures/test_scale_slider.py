import itertools

import pytest

from lessons.figures.scale_slider import SIZES, ScaleSlider
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.scale_slider import VIEWS, draw_scale_slider
from tutor.drawing.rows import cells, plain


def test_one_query_in_both_arms_and_what_was_measured():
    rows = plain(draw_scale_slider(ScaleSlider(), "weights", 76, ASCII))
    assert rows[:4] == [
        "d_k = 64: 8 keys a query, entries from N(0, 1), draw 0",
        "query 1  without                           with",
        "key 1   1.000 #########################   0.514 #############",
        "key 2   0.000                             0.174 ####",
    ]
    assert rows[11:] == [
        "                               without scale         / sqrt(d_k)",
        "variance of the scores      63.7 (theory 64)     1.00 (theory 1)",
        "largest weight of a row                 0.88                0.36",
        "entropy of a row, nats                  0.30                1.72",
        "|J| of softmax*                0.141 / 0.045       0.367 / 0.367",
        "|dL/dq|*                       0.332 / 0.080       0.125 / 0.120",
        "* mean / median over queries. Entropy at most 2.08",
    ]


def test_a_curve_goes_as_far_as_d_k_was_slid():
    def signs(d_k: int) -> int:
        rows = plain(draw_scale_slider(ScaleSlider(d_k), "largest", 76, ASCII))[2:8]
        return max(row.rindex(sign) for row in rows for sign in "*o" if sign in row)

    assert signs(1) < signs(16) < signs(512)


@pytest.mark.parametrize("width", [76, 56])
def test_every_size_and_view_fits_uncut(width: int):
    for d_k, view in itertools.product(SIZES, VIEWS):
        rows = draw_scale_slider(ScaleSlider(d_k), view, width, UNICODE)
        assert len(rows) == 18
        assert {cells(row) for row in rows} == {width}
        assert not any("…" in row for row in plain(rows))


def test_a_narrow_figure_is_cut_but_never_wider():
    assert {cells(row) for row in draw_scale_slider(ScaleSlider(), "weights", 30, ASCII)} == {30}
