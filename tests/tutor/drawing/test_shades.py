import math

import pytest
from rich.style import Style

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.rows import plain
from tutor.drawing.shades import PALETTE, RAMP, Scale, draw_scale, draw_shades, resize


def brightness(number: int) -> float:
    """Perceived lightness of a colour of the 256 palette."""
    colour = Style.parse(f"color({number})").color
    assert colour is not None
    red, green, blue = (channel / 255 for channel in colour.get_truecolor())
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


def test_the_palette_grows_brighter_with_every_step_so_that_hue_is_not_needed():
    assert [brightness(n) for n in PALETTE] == sorted(brightness(n) for n in PALETTE)
    assert len(PALETTE) == 8


def test_a_value_finds_its_level_on_the_scale():
    scale = Scale(0.0, 8.0)
    assert [scale.level(v, 8) for v in (-1, 0, 3.99, 4, 8, 99, math.nan, math.inf)] == [0, 0, 3, 4, 7, 7, None, None]


def test_one_scale_spans_all_pictures_and_starts_at_zero_unless_something_is_negative():
    assert Scale.around([[[1.0, 2.0]], [[5.0, math.nan]]]) == Scale(0.0, 5.0)
    assert Scale.around([[[-1.0, 2.0]]]) == Scale(-1.0, 2.0)
    assert Scale.around([]) == Scale(0.0, 1.0)
    assert Scale.around([[[0.0]]]).level(0.0, 8) == 0


def test_in_glyphs_a_value_takes_two_cells_and_no_number_is_a_question_mark():
    assert plain(draw_shades([[0.0, 0.5, 1.0], [math.nan, 0.0, 0.0]], Scale(0, 1), ASCII)) == ["  ++@@", "??"]


def test_in_colour_one_cell_shows_two_values_one_above_the_other():
    rows = draw_shades([[0.0, 1.0], [1.0, 1.0], [0.0, 0.0]], Scale(0, 1), UNICODE)
    dark, bright = PALETTE[0], PALETTE[-1]
    assert rows[0] == [
        ("▀", f"color({dark}) on color({bright})"),
        ("▀", f"color({bright}) on color({bright})"),
    ]
    assert rows[1] == [("▀▀", f"color({dark})")]


@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_no_number_is_a_sign_and_not_only_a_colour(charset):
    assert "?" in "".join(plain(draw_shades([[math.nan], [0.0]], Scale(0, 1), charset)))


def test_the_scale_is_drawn_with_both_ends_in_numbers():
    assert "".join(text for text, _ in draw_scale(Scale(0, 2.314), ASCII)) == f"0 {RAMP} 2.31"
    assert len([1 for _, style in draw_scale(Scale(0, 1), UNICODE) if "on color" in style]) == len(PALETTE)


def test_a_large_grid_is_averaged_by_blocks_and_a_small_one_enlarged():
    grid = [[float(i * 4 + j) for j in range(4)] for i in range(4)]
    assert resize(grid, 2) == ([[2.5, 4.5], [10.5, 12.5]], 2)
    assert resize([[1.0]], 2) == ([[1.0, 1.0], [1.0, 1.0]], 1)
    assert resize([[1.0, 2.0, 3.0]], 2)[0] == [[1.5, 3.0]]
