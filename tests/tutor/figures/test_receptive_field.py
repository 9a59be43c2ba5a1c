import pytest

from lessons.figures.receptive_field import CONV3, POOL2, Stack, resnet_convolutions
from tutor.drawing.charset import ASCII
from tutor.drawing.rows import plain
from tutor.figures.receptive_field import MOST_LAYERS, ReceptiveFieldFigure


def pressed(*keys: str) -> ReceptiveFieldFigure:
    figure = ReceptiveFieldFigure()
    assert all(figure.press(key) for key in keys)
    return figure


@pytest.mark.parametrize(
    ("keys", "field"),
    [("c", 7), ("cc", 9), ("m", 6), ("mc", 10), ("s", 5), ("sc", 9), ("d", 7), ("dddd", 35), ("ddddd", 5), ("r", 81)],
)
def test_keys_build_the_stack_and_its_field(keys, field):
    assert pressed(*keys).state.field == field


def test_layers_are_taken_away_down_to_the_bare_image():
    figure = pressed("minus", "backspace", "minus")
    assert figure.state.steps == ()
    assert figure.state.field == 1
    assert figure.press("s")
    assert "no layer yet" in figure.note
    assert "no layer yet" in "\n".join(plain(figure.draw(76, ASCII)))
    assert pressed("m", "home").state == Stack()


def test_left_and_right_choose_the_number_whose_field_is_drawn():
    assert (pressed("right").state.place, pressed("left").state.place) == (17, 15)
    assert pressed("m", *["right"] * 8).state.place == 0  # 16 numbers: round at the end
    assert pressed("r").state.steps == resnet_convolutions(3)


def test_a_layer_without_room_is_not_added_and_the_note_says_why():
    figure = pressed("m", "m", "m", "m", "m", "m")
    assert figure.state.steps == (CONV3, CONV3, *[POOL2] * 5)
    assert figure.note == "Not added: a window that spans 2 does not fit into 1 with 0 on each side."
    assert figure.press("left")
    assert figure.note == ""


def test_a_pooling_is_not_dilated_and_no_stack_grows_without_end():
    assert "not dilated" in pressed("m", "d").note
    figure = pressed(*["c"] * MOST_LAYERS)
    assert len(figure.state.steps) == MOST_LAYERS
    assert "enough" in figure.note


def test_other_keys_are_left_to_the_lesson_and_the_line_of_keys_fits():
    figure = ReceptiveFieldFigure()
    assert not any(figure.press(key) for key in ("n", "p", "space", "f", "q", "o", "enter", "escape", "?", "up"))
    assert figure.state == Stack()
    assert len(figure.keys) <= 76
