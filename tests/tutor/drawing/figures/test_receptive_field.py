from dataclasses import replace

import pytest

from lessons.figures.receptive_field import CONV3, POOL2, Stack, resnet_convolutions
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.receptive_field import draw_receptive_field
from tutor.drawing.rows import cells, plain


def test_two_convolutions_a_pool_and_a_dilated_one():
    stack = Stack((CONV3, CONV3, POOL2, replace(CONV3, dilation=2)), output=7)
    assert plain(draw_receptive_field(stack, 76, ASCII)) == [
        " layer   k s d  jump field  what one output sees of each map",
        "  4 conv 3 1 2     2    14        #",
        "  3 pool 2 2 1     2     6    # . # . #",
        "  2 conv 3 1 1     1     5    ##..##..##",
        "  1 conv 3 1 1     1     3   ############",
        " image             1     1  ##############",
        " paths, @ where many        :*@@%%@@%%@@*:",
        "",
        " Number 7 of 16 sees pixels 8 to 21; the next begins 2 further.",
        " Field 14. 95% of the paths lie in the middle 12, half of them in the middle",
        " 8; spread 3.50.",
    ]


@pytest.mark.parametrize("steps", [(CONV3,), (CONV3, POOL2, CONV3), (CONV3,) * 4])
def test_image_paths_and_maps_stand_below_each_other(steps):
    rows = plain(draw_receptive_field(Stack(steps), 76, ASCII))
    image, paths = rows[len(steps) + 1], rows[len(steps) + 2]
    begin = image.index("#")
    assert (image.rindex("#") - begin + 1, len(paths) - begin) == (Stack(steps).field,) * 2
    top = rows[1].index("#", begin)
    assert top - begin == (Stack(steps).field - 1) // 2


def test_places_in_the_padding_are_drawn_and_counted():
    rows = plain(draw_receptive_field(Stack((CONV3,), output=0), 76, ASCII))
    assert rows[2].endswith("  -##")
    assert "Number 0 of 32 sees pixels -1 to 1; the next begins 1 further. 1 of these 3" in rows[5]


def test_paths_are_shades_in_colour_and_say_where_they_are_many():
    rows = draw_receptive_field(Stack((CONV3, CONV3, CONV3)), 76, UNICODE)
    assert rows[5][0][0].strip() == "paths, bright where many"
    shades = [style for text, style in rows[5][1:] for _ in text if style]
    assert shades == shades[::-1]
    assert len(set(shades)) == 4
    assert len(shades) == 7


@pytest.mark.parametrize("width", [76, 60, 40])
@pytest.mark.parametrize("steps", [(), (CONV3,), (POOL2,) * 5, resnet_convolutions(3), resnet_convolutions(9)])
def test_every_stack_fits_and_its_numbers_are_there(steps, width):
    rows = draw_receptive_field(Stack(steps), width, ASCII, note="Not added.")
    assert {cells(row) for row in rows} == {width}
    assert len(rows) <= 18 or width < 60
    text = "\n".join(plain(rows))
    assert f"Field {Stack(steps).field}." in text
    assert "Not added." in text
    assert "~" not in text


def test_the_middle_of_a_long_stack_is_left_out_and_says_so():
    rows = plain(draw_receptive_field(Stack(resnet_convolutions(3)), 76, ASCII))
    assert [row.split()[0] for row in rows[1:10]] == ["19", "18", "17", "16", "...", "4", "3", "2", "1"]
    assert "11 more" in rows[5]
    assert "a cell is 2 pixels" in rows[0]
