"""Attention as rows: small maps, one head with its tokens, a row in words."""

import pytest

from tests.tutor.attention_answers import known_answer
from tutor.drawing.attention import MEAN, Place, draw_head, draw_maps, draw_row, grid_of, head_words, shrunk
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.rows import cells, plain

ANSWER = known_answer()


def test_a_head_shows_two_digits_for_each_token_and_marks_its_row():
    text = plain(draw_head(ANSWER, Place("cross", 1, 1, row=1), 76))
    assert text == [
        "cross attention: the translation looks at the source",
        "          ninety    two  <eos>",
        " z            1.     00     00",
        "›w            00     1.     00",
        " e            00     00     1.",
        " <eos>        1.     00     00",
    ]


def test_what_a_mask_hides_is_empty_and_not_zero():
    text = plain(draw_head(ANSWER, Place("decoder", 0, 0, row=-1), 76, ASCII))
    assert text[1:] == [
        "          <bos>     z     w     e",
        " <bos>       1.",
        " z           50    50",
        " w           33    33    33",
        " e           25    25    25    25",
    ]


def test_rows_that_are_not_written_yet_are_not_shown():
    text = plain(draw_head(ANSWER, Place("cross", 0, 1, row=1, written=2), 76))
    assert text[2:] == [" z            1.     00     00", "›w            00     1.     00", "", ""]


@pytest.mark.parametrize(("columns", "cell"), [(16, 4), (17, 2), (32, 2), (33, 1), (90, 1)])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_more_tokens_get_narrower_cells_and_no_row_is_wider_than_the_screen(columns, cell, charset):
    rows = draw_head(known_answer(source=columns), Place("cross", 0, 1), 76, charset)
    assert all(cells(row) == 76 for row in rows)
    assert all(text.isascii() for text in plain(rows)) or charset is UNICODE
    text = "\n".join(plain(rows))
    assert ("1." in text) == (cell == 4)
    assert ("more columns lie beyond the edge" in text) == (columns == 90)


@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("heads", [1, 4, 16])
def test_every_head_has_a_map_that_fits_the_screen(charset, heads):
    rows = draw_maps(known_answer(20, 60, 3, heads), Place("cross", 2, 0), 76, 18, charset)
    assert all(cells(row) == 76 for row in rows)
    text = "\n".join(plain(rows))
    assert text.count("layer") == 3 * heads or heads == 16
    assert len(rows) <= 18 or charset is ASCII


def test_a_small_map_says_of_how_many_weights_a_cell_is_the_largest():
    assert "the largest of 3 x 2 weights" in plain(draw_maps(known_answer(20, 60, 1, 4), Place("cross"), 76, 14))[-1]
    assert "largest" not in plain(draw_maps(ANSWER, Place("cross"), 76, 18))[-1]


@pytest.mark.parametrize(("columns", "has_scale"), [(16, False), (17, True)])
def test_shades_without_digits_have_their_scale_below(columns, has_scale):
    last = plain(draw_head(known_answer(source=columns), Place("cross", 0, 1), 76, ASCII))[-1]
    assert last.startswith("0  .:-=+*#%@ 1") == has_scale


def test_a_small_map_keeps_the_peak_of_each_block():
    grid = [[0.0] * 10 for _ in range(30)]
    grid[17][7] = 0.9
    small = shrunk(grid, 6, 5)
    assert (len(small), len(small[0])) == (6, 5)
    assert small[3][3] == 0.9
    assert sum(map(sum, small)) == pytest.approx(0.9)
    assert shrunk(grid, 40, 20) == grid


def test_a_row_is_told_in_words_by_its_kind():
    assert plain(draw_row(ANSWER, Place("cross", 0, 1, 1), 76)) == ['to write "w" it looks at: two 1.00']
    assert plain(draw_row(ANSWER, Place("encoder", 0, 1, 0), 76)) == ['"ninety" looks at: ninety 1.00']
    back = "".join(plain(draw_row(ANSWER, Place("decoder", 0, 0, 1), 200)))
    assert back == 'after "z", to write "w", it looks back at: <bos> 0.50, z 0.50'


def test_the_mean_of_a_layer_is_that_of_its_heads():
    assert grid_of(ANSWER, Place("cross", 0, MEAN))[1] == pytest.approx([2 / 9, 2 / 9 + 1 / 3, 2 / 9])
    assert "mean of its heads" in head_words(ANSWER, Place("cross", 0, MEAN))
