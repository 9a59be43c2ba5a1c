import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.page import draw_page
from tutor.drawing.rows import ACCENT, cells, plain

PAGE = """# Convolution

A kernel `w[u, v]` is laid on the image, and the **products**
are *summed*; see the paper for more of it.

    y[i, j] = sum w[u, v] x[i + u, j + v]

- one point that is long enough to need a second row
- two
   1. inner
   2. inner too

| k | parameters |
|---|------------|
| 3 | `27 C^2`   |

> quoted
"""


def test_a_page_sets_headings_lists_equations_and_tables():
    assert plain(draw_page(PAGE, 44)) == [
        "Convolution",
        "───────────",
        "",
        "A kernel w[u, v] is laid on the image, and",
        "the products are summed; see the paper for",
        "more of it.",
        "",
        "    y[i, j] = sum w[u, v] x[i + u, j + v]",
        "",
        "• one point that is long enough to need a",
        "  second row",
        "• two",
        "  1. inner",
        "  2. inner too",
        "",
        "k  parameters",
        "─────────────",
        "3  27 C^2",
        "",
        "│ quoted",
    ]


@pytest.mark.parametrize("width", [20, 44, 76])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_no_row_is_wider_than_the_page(width, charset):
    assert {cells(row) for row in draw_page(PAGE, width, charset)} == {width}


def test_a_table_that_is_too_wide_goes_on_below_and_keeps_every_word():
    body = "| A | every 2nd pixel, new channels 0 | 12 |\n| B | a conv | 3 |\n"
    table = "| way | what it does | n |\n|---|---|---|\n" + body
    assert plain(draw_page(table, 28)) == [
        "way  what it does         n",
        "────────────────────────────",
        "A    every 2nd pixel,     12",
        "       new channels 0",
        "B    a conv               3",
    ]
    assert len(draw_page(table, 60)) == 4


def test_a_tables_columns_are_no_narrower_than_their_longest_word():
    rows = draw_page("| a | b |\n|---|---|\n| bn2(conv2(x)) | one two |\n", 21)
    assert plain(rows)[2:] == ["bn2(conv2(x))  one", "                 two"]


def test_code_is_shown_as_it_is_written():
    row = draw_page("`grad_fn=<AddBackward0>` and `x[0][i]`", 60)[0]
    assert ("grad_fn=<AddBackward0>", ACCENT) in row
    assert plain([row]) == ["grad_fn=<AddBackward0> and x[0][i]"]


def test_text_that_looks_like_html_is_not_swallowed():
    assert plain(draw_page("a tensor with grad_fn=<A> inside", 60)) == ["a tensor with grad_fn=<A> inside"]


def test_a_page_in_ascii_is_ascii():
    rows = plain(draw_page("- 3 × 3 → √d\n\n---\n\n> Σ", 30, ASCII))
    assert rows == ["* 3 x 3 -> sqrtd", "", "-" * 30, "", "| sum"]


def test_an_empty_page_has_no_rows():
    assert draw_page("", 40) == []


def test_an_equation_that_is_too_wide_goes_on_below_and_loses_nothing():
    line = "y[i, j] = b + sum over u, v of  w[u, v] x[i + u, j + v]"
    rows = plain(draw_page(f"    {line}", 40))
    assert rows == ["    y[i, j] = b + sum over u, v of", "        w[u, v] x[i + u, j + v]"]
    assert " ".join(" ".join(rows).split()) == " ".join(line.split())
    assert len(plain(draw_page(f"    {line}", 76))) == 1
