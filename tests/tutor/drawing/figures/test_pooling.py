from dataclasses import replace

import pytest

from lessons.figures.pooling import Pooling
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.pooling import draw_pooling
from tutor.drawing.rows import cells, plain

SMALL = Pooling(image=((1, 2, 0, -1), (3, 4, 5, 5)), dy=((8, -4),), column=1)
PARTS = ("map x", "output y", "dL/dy", "dL/dx so far", "y[2, 1] =")


def test_the_window_its_winner_and_the_output_of_one_step():
    assert plain(draw_pooling(SMALL, 76, ASCII)) == [
        " map x              output y",
        "   1   2[  0  -1]       4[    5]",
        "   3   4[ *5   5]",
        "",
        " y[0, 1] = max(0, -1, 5, 5) = 5",
        " *x[1, 2] wins; the other 3 leave no trace.",
        " max of 2x2, stride 2",
    ]


def test_the_way_back_names_the_winner_and_the_tie():
    rows = plain(draw_pooling(replace(SMALL, backward=True), 76, ASCII))
    assert rows[1].endswith("0   0[  0   0]")
    assert rows[2].endswith("0   8[ -4   0]")
    text = " ".join(" ".join(rows).split())
    assert "dL/dx[1, 2] += -4: the winner takes all of dL/dy[0, 1]; 2 are equal, and the first of them wins." in text
    assert "Sent back so far: 4. Arrived in dL/dx: 4." in text


def test_the_mean_shares_evenly_and_counts_no_padding():
    rows = plain(draw_pooling(Pooling(kind="mean", size=3, padding=1, backward=True), 76, UNICODE))
    text = " ".join(" ".join(rows).split())
    assert "y[0, 0] = ((-4) + (-2) + (-3) + (-1)) / 4 = -2.50" in text
    assert "5 of 9 places are padding: they neither win nor count." in text
    assert "dL/dx += 36 / 4 = 9 at every pixel of the window." in text


def test_a_moved_map_says_how_many_outputs_stayed():
    still, moved = (" ".join(plain(draw_pooling(Pooling(moved=by), 76, ASCII))) for by in (0, 1))
    assert "moved" not in still
    assert f"Map moved by 1 to the right: {Pooling(moved=1).kept} of 9 outputs are what they were." in moved


def test_a_map_moved_by_the_stride_says_that_the_outputs_moved_along():
    moved = " ".join(" ".join(plain(draw_pooling(Pooling(moved=2), 76, ASCII))).split())
    assert "1 of 9 outputs are what they were, 9 of 9 are what stood 1 further left." in moved


@pytest.mark.parametrize("width", [76, 60, 40, 30])
def test_every_number_is_there_however_narrow_the_page(width):
    state = Pooling(kind="mean", size=3, padding=1, row=2, column=1, backward=True, moved=1)
    rows = draw_pooling(state, width, UNICODE)
    assert {cells(row) for row in rows} == {width}
    text = "\n".join(plain(rows))
    assert all(part in text for part in PARTS)
    assert "…" not in text


@pytest.mark.parametrize("kind", ["max", "mean"])
@pytest.mark.parametrize(("size", "padding"), [(2, 0), (3, 1)])
def test_it_fits_under_a_lessons_title_at_every_step(kind, size, padding):
    for moved in range(6):
        for stop in Pooling(kind=kind, size=size, padding=padding, moved=moved, backward=True).stops():
            assert len(draw_pooling(stop, 76, ASCII)) <= 18
