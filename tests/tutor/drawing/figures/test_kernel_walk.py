from dataclasses import replace

import pytest

from lessons.figures.kernel_walk import KernelWalk
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.kernel_walk import draw_kernel_walk
from tutor.drawing.rows import cells, plain

STATE = KernelWalk(image=((1, 2, 0, 0), (3, 4, 0, 1), (0, 0, 5, 0)), kernel=((1, -1), (0, 2)), row=0, column=1)


def test_window_products_and_sum_of_one_step():
    assert plain(draw_kernel_walk(STATE, 76, ASCII)) == [
        " image              kernel     products   output",
        "   1[  2   0]  0      1  -1      2   0      7[  2]  .",
        "   3[  4   0]  1      0   2      0   0      .   .   .",
        "   0   0   5   0",
        "",
        " output[0, 1] = 2*1 + 0*(-1) + 4*0 + 0*2",
        "              = 2",
        " Laid on as it is: cross-correlation, what networks compute.",
    ]


def test_a_flipped_kernel_is_drawn_as_it_lies_on_the_image():
    rows = plain(draw_kernel_walk(replace(STATE, flipped=True), 76, UNICODE))
    assert "kernel, flipped" in rows[0]
    assert "  2   0 " in rows[1]
    assert rows[5] == " output[0, 1] = 2·2 + 0·0 + 4·(-1) + 0·1"
    assert "true convolution" in rows[-1]


def test_on_a_narrow_page_flipping_the_kernel_moves_nothing():
    walk = KernelWalk(row=1, column=1)
    as_it_is, flipped = (draw_kernel_walk(replace(walk, flipped=f), 57, UNICODE) for f in (False, True))
    assert [row.find("output") for row in plain(as_it_is)] == [row.find("output") for row in plain(flipped)]
    assert " flipped " in plain(flipped)[0]


@pytest.mark.parametrize("width", [76, 57, 40, 30])
def test_every_number_is_there_however_narrow_the_page(width):
    rows = draw_kernel_walk(KernelWalk(row=1, column=2), width, UNICODE)
    assert {cells(row) for row in rows} == {width}
    text = "\n".join(plain(rows))
    for word in ("image", "kernel", "products", "output[1, 2] ="):
        assert word in text


def test_the_window_is_marked_without_colour_too():
    rows = plain(draw_kernel_walk(KernelWalk(row=3, column=3), 76, ASCII))
    assert sum(row.count("[") for row in rows[1:7]) == 3 + 1  # three rows of the window, one cell of the output
