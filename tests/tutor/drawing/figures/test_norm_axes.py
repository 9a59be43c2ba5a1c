from dataclasses import replace

import pytest

from lessons.figures.norm_axes import NormAxes
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.norm_axes import draw_norm_axes
from tutor.drawing.rows import cells, plain

START = NormAxes()


def drawn(state=START, before=None, width=76, charset=UNICODE) -> list[str]:
    rows = draw_norm_axes(state, before, width, charset)
    assert {cells(row) for row in rows} == {width}
    return plain(rows)


def test_batch_norm_brackets_a_column_and_layer_norm_a_row():
    column, row = drawn(), drawn(replace(START, norm="layer"))
    assert [line.count("[") for line in column[2:14]] == [1] * 12
    assert [line.count("[") for line in row[2:14]] == [0, 4] + [0] * 10
    assert column[3].startswith("1 saw      1 [   4]   -2     5")


def test_padding_that_is_left_out_is_in_no_bracket():
    rows = drawn(replace(START, counts_padding=False))
    assert not any("[" in row for row in rows if "(pad)" in row)
    assert rows[0].endswith("padding left out")


def test_outputs_stand_beside_and_the_equation_below():
    rows = drawn()
    assert rows[3].endswith("+0.22 +1.36 -1.10 +1.31")
    assert rows[14:16] == ["12 numbers: mean 0.75, variance 5.69", "y = (4 - 0.75) / sqrt(5.69) = +1.36"]
    negative = replace(START, place=(0, 2, 0))
    assert drawn(replace(negative, norm="layer"))[15].startswith("y = (-2 + 1.00) / sqrt(2.50)")


def test_what_moved_is_marked_without_colour_too():
    rows = drawn(START.with_others_changed(), START.outputs())
    assert sum(row.count("*") for row in rows[2:14]) == 48
    assert not any("*" in row for row in drawn(START, START.outputs()))


def test_sentences_outside_of_the_batch_have_no_outputs():
    rows = drawn(replace(START, is_alone=True))
    assert [row.count("·") for row in rows[2:14]] == [0] * 4 + [4] * 8


@pytest.mark.parametrize("width", [76, 56])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("state", [START, replace(START, norm="layer", is_alone=True, edits={(0, 1, 1): -20})])
def test_it_fits_a_small_page(width, charset, state):
    rows = drawn(state, START.outputs(), width, charset)
    assert len(rows) <= 18
    assert charset.unicode or all(row.isascii() for row in rows)


def test_a_variance_of_nothing_shows_its_eps():
    state = replace(START, place=(1, 3, 0), norm="layer")
    assert "sqrt(0.00 + 1e-05)" in drawn(state)[15]
