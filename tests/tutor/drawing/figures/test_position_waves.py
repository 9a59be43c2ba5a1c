import itertools
from dataclasses import replace

import pytest

from lessons.figures.position_waves import ORDERS, PAIRS, POSITIONS, PositionWaves
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.position_waves import VIEWS, draw_position_waves
from tutor.drawing.rows import cells, plain


def test_the_matrix_in_glyphs_with_position_and_wave_marked():
    rows = plain(draw_position_waves(PositionWaves(1, 1), "waves", 76, ASCII))
    assert rows[:4] == [
        "PE, d = 32: a row a position, two columns a wave",
        "          vvvv",
        "   0  ++@@++@@++@@++@@++@@++@@++@@++@@++@@++@@++@@++@@++@@++@@++@@++@@",
        ">  1  @@####@@**@@++@@++@@++@@++@@++@@++@@++@@++@@++@@++@@++@@++@@++@@",
    ]
    assert rows[-2:] == [
        "wave 1: w = 10000^(-2/32) = 0.562, 11.2 positions long",
        "p = 1: sin(1 x 0.562) = 0.533, cos(1 x 0.562) = 0.846",
    ]


def test_in_colour_two_positions_share_a_row_and_more_of_them_are_seen():
    rows = plain(draw_position_waves(PositionWaves(15), "waves", 76, UNICODE))
    assert rows[2].startswith("   0  ▀▀")
    assert rows[9].startswith("› 15  ▀▀")
    assert rows[13].startswith("  22  ▀▀")


@pytest.mark.parametrize("position", range(POSITIONS))
def test_the_position_looked_at_is_always_in_the_window(position: int):
    for charset in (ASCII, UNICODE, replace(UNICODE, shading="glyphs")):
        rows = plain(draw_position_waves(PositionWaves(position), "waves", 76, charset))
        assert sum(row.startswith(f"{charset.pointer}{position:>3} ") for row in rows) == 1


def test_the_products_from_here_and_from_the_start():
    rows = plain(draw_position_waves(PositionWaves(9), "distance", 76, ASCII))
    assert (
        rows[-5].split()[-7:] == rows[-4].split()[-7:] == ["16.00", "15.31", "13.73", "11.66", "10.52", "7.92", "9.93"]
    )
    assert rows[-3].split()[-7:] != rows[-2].split()[-7:]
    assert "e-1" in rows[-1]


def test_what_each_word_of_the_shuffled_sentence_gets():
    assert plain(draw_position_waves(PositionWaves(), "shuffle", 76, ASCII)) == [
        "Self-attention on the same words in another order",
        "",
        "before  the dog bites the man",
        "now     the man bites the dog",
        "",
        "word       place   without positions    with positions",
        "the       0 -> 3                   0              0.21",
        "dog       1 -> 4                   0              1.36",
        "bites     2 -> 2                   0              1.11",
        "the       3 -> 0                   0              0.18",
        "man       4 -> 1                   0              0.89",
        "",
        'Outputs of the two "the": 0.00 apart without positions, 0.18 with them.',
        "",
        "The numbers are |y' - y|, the distance between a word's output now and",
        "before. One head, d = 32.",
    ]


@pytest.mark.parametrize("width", [76, 56])
@pytest.mark.parametrize("charset", [ASCII, UNICODE])
def test_every_view_fits_uncut(width: int, charset):
    states = [PositionWaves(p, p % PAIRS, p % len(ORDERS)) for p in range(POSITIONS)]
    for state, view in itertools.product(states, VIEWS):
        rows = draw_position_waves(state, view, width, charset)
        assert len(rows) <= (18 if width == 76 else 20)
        assert {cells(row) for row in rows} == {width}
        assert not any(row.endswith(charset.cut) for row in plain(rows))


def test_a_narrow_figure_is_cut_but_never_wider():
    for view in VIEWS:
        assert {cells(row) for row in draw_position_waves(PositionWaves(), view, 30, ASCII)} == {30}
