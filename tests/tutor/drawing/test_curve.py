import math
import random

import plotext
import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.curve import Line, draw_curve, draw_curve_rows
from tutor.drawing.rows import SERIES, cells, plain

FALLING = [(float(step), 2.0 - step * 0.02) for step in range(101)]
EPOCHS = [(20.0, 1.7), (60.0, 0.9), (100.0, 0.2)]


def test_a_falling_loss_with_held_out_marks():
    series = [Line("train", FALLING), Line("held out", EPOCHS, as_marks=True)]
    assert draw_curve(series, 40, 10, UNICODE, title="loss") == [
        "loss  ● train  ○ held out         linear",
        "2┤⠉⠓⠲⠤⣄⡀",
        " │     ⠉⠙○⠦⢤⣀",
        " │          ⠈⠉⠓⠲⢤⣀⡀",
        "1┤                ⠉⠙⠒⠦⢤⣀○",
        " │                      ⠉⠙⠲⠤⣄⣀",
        " │                           ⠈⠙⠒⠦⢤⣀⡀   ○",
        "0┤                                 ⠉⠓⠲⠤●",
        " └┬──────────────────┬─────────────────┬",
        "  0                 50              100",
    ]


def test_the_same_curve_in_ascii():
    series = [Line("train", FALLING), Line("held out", EPOCHS, as_marks=True)]
    rows = draw_curve(series, 40, 10, ASCII, title="loss")
    assert all(row.isascii() for row in rows)
    assert rows == [
        "loss  * train  o held out         linear",
        "2|....",
        " |   ....o..",
        " |         ........",
        "1|                ......o",
        " |                      .......",
        " |                            .......  o",
        "0|                                  ...*",
        " ++------------------+-----------------+",
        "  0                 50              100",
    ]


@pytest.mark.parametrize(("width", "height"), [(24, 5), (40, 8), (76, 20), (120, 30), (200, 12)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_the_picture_has_exactly_the_size_that_was_asked_for(width, height, charset):
    rows = draw_curve_rows([Line("loss", FALLING)], width, height, charset)
    assert len(rows) == height
    assert {cells(row) for row in rows} == {width}


def test_a_picture_larger_than_the_terminal_is_not_cut(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    rows = draw_curve([Line("loss", FALLING)], 150, 40)
    assert len(rows) == 40
    assert max(map(len, rows)) == 150


def test_a_spike_of_one_step_is_drawn():
    points = [(float(step), 1.0) for step in range(100_000)]
    points[77_777] = (77_777.0, 50.0)
    rows = draw_curve([Line("loss", points)], 76, 20)
    # 50 is the upper end of the axis: only the spike is above the line of ones at the bottom.
    spike = {column for row in rows[1:16] for column, sign in enumerate(row) if 0x2800 < ord(sign) < 0x2900}
    assert len(spike) == 1
    assert all(any(0x2800 < ord(sign) < 0x2900 for sign in row) for row in rows[1:16])


def test_a_log_scale_names_its_ticks_in_values_and_says_so():
    points = [(float(step), 10.0 ** (-step / 25)) for step in range(101)]
    rows = draw_curve([Line("loss", points)], 60, 14, log=True)
    assert "log scale" in rows[0]
    assert "1e-04┤" in "\n".join(rows) or "0.0001┤" in "\n".join(rows)


def test_drawing_a_log_scale_twice_gives_the_same_picture():
    first = draw_curve([Line("loss", FALLING[:90])], 60, 14, log=True)
    assert draw_curve([Line("loss", FALLING[:90])], 60, 14, log=True) == first


def test_values_without_a_logarithm_are_told_in_words():
    points = [(0.0, 1.0), (1.0, 0.0), (2.0, -1.0), (3.0, 0.5)]
    rows = draw_curve([Line("gap", points)], 70, 12, log=True)
    assert rows[-1] == "! gap: 2 values at or below 0 have no place on a log scale"


def test_a_loss_that_is_no_number_is_told_with_its_step():
    rows = draw_curve([Line("train", FALLING, not_finite=[(812, "nan"), (813, "nan")])], 60, 12)
    assert rows[-1] == "! train: nan at step 812 and 1 more"
    points = [(0.0, 1.0), (5.0, math.inf), (6.0, math.nan)]
    assert draw_curve([Line("train", points)], 60, 12)[-1] == "! train: inf at step 5 and 1 more"


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(0.0, 1.0)],
        [(0.0, 5.0), (1.0, 5.0)],
        [(0.0, math.nan)],
        [(0.0, math.inf), (1.0, -math.inf)],
        [(0.0, 1e308), (1.0, -1e308)],
        [(0.0, 1e-320), (1.0, 2e-320)],
        [(0.0, 0.0)],
        [(7.0, 1.0), (7.0, 2.0)],
        [(math.nan, 1.0), (1.0, 2.0)],
    ],
)
@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(("width", "height"), [(0, 0), (1, 1), (20, 5), (24, 5), (60, 12)])
def test_no_series_and_no_size_breaks_the_drawing(points, log, width, height):
    for charset in (UNICODE, ASCII):
        rows = draw_curve_rows([Line("a", points)], width, height, charset, log=log)
        assert len(rows) <= height
        assert all(cells(row) == width for row in rows)


def test_where_there_is_no_room_the_latest_value_is_told():
    assert draw_curve([Line("loss", FALLING)], 20, 3) == ["loss 0"]
    assert draw_curve([Line("loss", [])], 20, 3) == ["no values yet"]


def test_an_escape_sequence_in_a_label_never_reaches_the_terminal():
    rows = draw_curve([Line("lo\x1b[2Jss\x07", FALLING)], 60, 12, title="ti\x1b]0;x\x07tle")
    assert "\x1b" not in "".join(rows)
    assert rows[0].startswith("title  ● loss\\x07")


def test_plotext_settings_of_others_do_not_reach_the_picture():
    expected = draw_curve([Line("loss", FALLING)], 60, 12)
    plotext.title("of another figure")
    plotext.plot([1, 2, 3])
    plotext.yscale("log")
    assert draw_curve([Line("loss", FALLING)], 60, 12) == expected


def test_series_keep_their_colours_and_are_told_apart_by_marks_as_well():
    series = [Line("a", FALLING), Line("b", [(x, 2 - y) for x, y in FALLING])]
    rows = draw_curve_rows(series, 60, 14)
    styles = {style for row in rows[1:] for _, style in row}
    assert set(SERIES[:2]) <= styles
    assert {"●", "○"} <= set("".join(plain(rows[1:])))


def test_the_noisiest_run_gives_plotext_no_more_signs_than_there_are_cells(monkeypatch):
    given = []
    scatter = plotext.scatter
    monkeypatch.setattr(plotext, "scatter", lambda xs, ys, **style: (given.append(len(xs)), scatter(xs, ys, **style)))
    noise = random.Random(0)
    draw_curve([Line("loss", [(float(step), noise.random()) for step in range(50_000)])], 80, 20)
    assert 80 * 10 < max(given) <= 80 * 20
