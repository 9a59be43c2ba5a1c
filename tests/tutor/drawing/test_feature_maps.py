import math

import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.feature_maps import Stage, draw_feature_maps, pictures_per_page
from tutor.drawing.rows import cells, plain


def ramp(size: int, top: float = 1.0) -> list[list[float]]:
    return [[top * j / (size - 1) for j in range(size)] for _ in range(size)]


def test_a_page_shows_image_maps_their_numbers_and_one_scale():
    stage = Stage("stage 3", [ramp(8), ramp(8, 2.0), [[0.0] * 8] * 8])
    assert plain(draw_feature_maps(stage, ramp(8), 54, 20, ASCII)) == [
        "stage 3   3 maps of 8 x 8         channels 0 to 2 of 3",
        "image              0                  1",
        *["  ..::==++##%%@@       ..::::--==++     ..::==++##%%@@"] * 8,
        "2 all zero",
        *[""] * 8,
        "scale 0  .:-=+*#%@ 2",
    ]


def test_eight_pictures_fit_a_terminal_of_eighty_columns():
    assert pictures_per_page(78, 20) == 7  # beside the image
    assert pictures_per_page(58, 12) == 2
    assert pictures_per_page(10, 5) == 1


@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("size", [1, 4, 8, 16, 32])
@pytest.mark.parametrize(("width", "height"), [(78, 20), (58, 12), (20, 5)])
def test_a_page_keeps_its_width_whatever_the_size_of_the_maps(charset, size, width, height):
    stage = Stage("s", [[[0.5] * size] * size] * 20)
    rows = draw_feature_maps(stage, [[0.1] * size] * size, width, height, charset)
    assert {cells(row) for row in rows} == {width}
    assert len(rows) <= max(height, 20)


def test_later_pages_begin_at_their_channel():
    stage = Stage("s", [ramp(8)] * 16)
    text = "\n".join(plain(draw_feature_maps(stage, ramp(8), 78, 20, ASCII, first=7)))
    assert "channels 7 to 13 of 16" in text
    assert "\n10 " in text


def test_a_channel_that_is_dead_says_so_and_one_that_is_no_number_warns():
    stage = Stage("s", [[[0.0] * 8] * 8, [[math.nan] * 8] * 8])
    text = "\n".join(plain(draw_feature_maps(stage, ramp(8), 78, 20, UNICODE)))
    assert "0 all zero" in text
    assert "1 not finite" in text
    assert "! 64 values are not finite" in text


def test_the_scale_covers_channels_that_are_not_on_this_page():
    stage = Stage("s", [ramp(8)] * 15 + [ramp(8, 40.0)])
    assert plain(draw_feature_maps(stage, ramp(8), 78, 20, ASCII))[-1].rstrip().endswith("40")
    few = Stage("s", [ramp(8)], channels=64, limits=(0.0, 9.0))
    rows = plain(draw_feature_maps(few, ramp(8), 78, 20, ASCII))
    assert "64 maps of 8 x 8" in rows[0]
    assert rows[-1].rstrip().endswith("9")


def test_averaging_is_told():
    rows = plain(draw_feature_maps(Stage("s", [ramp(32)]), ramp(32), 78, 20, UNICODE))
    assert rows[-1].rstrip().endswith("a dot: mean of 2 x 2")


def test_a_stage_without_maps_is_told_and_not_a_traceback():
    assert "no channels" in plain(draw_feature_maps(Stage("s", []), ramp(8), 78, 20, UNICODE))[0]
