import pytest

from tutor.drawing.charset import ASCII
from tutor.drawing.rows import plain
from tutor.figures.stack_against_one import StackAgainstOneFigure


def pressed(*keys: str) -> StackAgainstOneFigure:
    figure = StackAgainstOneFigure()
    assert all(figure.press(key) for key in keys)
    return figure


def test_a_larger_field_stays_a_stack_of_nothing_but_3x3():
    assert pressed("right").state.chosen.kernels == (3, 3, 3, 3)
    assert pressed("right", "right", "left", "left", "left").state.chosen.kernels == (3, 3)


def test_a_smaller_field_has_no_more_layers_than_fit():
    assert pressed("right", "right", "up").state.chosen.kernels == (5, 3, 3, 3)
    assert pressed("right", "right", "up", "left", "left").state.chosen.kernels == (3, 3, 3)


def test_layers_channels_and_size_move_within_what_there_is():
    assert pressed("up", "up", "up").state.layers == 1
    assert pressed("down").state.layers == 3
    assert pressed(*["plus"] * 9).state.channels == 512
    assert pressed(*["minus"] * 9).state.channels == 1
    assert pressed("i").state.size == 56


def test_channels_change_the_weights_but_not_the_ratio():
    rows = plain(pressed("plus").draw(76, ASCII))
    assert any("442,368  55 %" in row for row in rows)


def test_home_starts_over_and_other_keys_are_not_taken():
    assert pressed("right", "plus", "i", "home").state == StackAgainstOneFigure().state
    assert not any(StackAgainstOneFigure().press(key) for key in ("n", "p", "f", "q", "enter", "o", "O", "space"))


@pytest.mark.parametrize("width", [76])
def test_the_line_of_keys_fits(width: int):
    assert len(StackAgainstOneFigure.keys) <= width
