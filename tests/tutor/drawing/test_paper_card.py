import pytest

from tests.models.test_paper_match import card
from tutor.drawing.charset import ASCII
from tutor.drawing.paper_card import draw_paper_card
from tutor.drawing.rows import plain


def test_what_differs_is_marked_and_the_verdict_says_why():
    rows = plain(draw_paper_card(card(0.871, preset="full"), 76))
    marked = [row for row in rows if row.startswith("!")]
    assert any("learning rate" in row and "one-cycle, peak" in row for row in marked)
    assert any("test accuracy" in row and "91.25 %" in row and "87.1 %  (95 %: 86.4 to 87.7)" in row for row in rows)
    assert "Not matched: 87.10% against 91.25%, and 2 points are allowed." in rows
    assert any("looked at 21 times" in row for row in rows)


@pytest.mark.parametrize("width", [76, 56, 40])
def test_the_card_fits_its_width_and_needs_no_unicode(width):
    rows = plain(draw_paper_card(card(), width, ASCII))
    assert max(map(len, rows)) <= width
    assert "\n".join(rows).isascii()


def test_on_a_narrow_page_no_word_of_either_column_is_lost():
    rows = plain(draw_paper_card(card(0.871, preset="full"), 57))
    assert not any("…" in row for row in rows)
    words = " ".join(" ".join(row[20:38] for row in rows).split())
    assert "0.1, / 10 at 32k and 48k" in words
