import pytest

from lessons.figures.norm_axes import NormAxes
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.rows import plain
from tutor.figures.norm_axes import NormAxesFigure

RESERVED = ("n", "p", "space", "pagedown", "f", "question_mark", "q", "escape", "enter", "o", "O")


def pressed(*keys: str) -> NormAxesFigure:
    figure = NormAxesFigure()
    assert all(figure.press(key) for key in keys)
    return figure


def last_row(figure: NormAxesFigure) -> str:
    return plain(figure.draw(76, UNICODE))[-1]


def test_arrows_go_from_token_to_token_and_stay_inside():
    assert pressed("right", "down").state.place == (0, 2, 2)
    assert pressed(*["down"] * 3).state.place == (1, 0, 1)
    assert pressed(*["down"] * 20, *["right"] * 9).state.place == (2, 3, 3)
    assert pressed(*["up"] * 9, *["left"] * 9).state.place == (0, 0, 0)
    assert pressed("b", *["down"] * 9).state.place == (0, 3, 1)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("c",), "48 of 48 outputs moved, this one from +1.36 to +0.20"),
        (("m", "c"), "By the last key 0 of 48 outputs moved."),
        (("z",), "48 of 48 outputs moved"),
        (("m", "z"), "0 of 48 outputs moved"),
        (("b",), "16 of 16 outputs moved, this one from +1.36 to +1.43"),
        (("m", "b"), "0 of 16 outputs moved"),
        (("plus",), "12 of 48 outputs moved"),
        (("m", "plus"), "4 of 48 outputs moved"),
        (("c", "right"), "48 of 48 outputs moved"),
    ],
)
def test_what_moved_is_counted(keys, words):
    assert words in last_row(pressed(*keys))


def test_a_number_is_changed_within_bounds_and_home_goes_back():
    figure = pressed(*["plus"] * 50)
    assert figure.state.value(figure.state.place) == 20
    figure.press("home")
    assert figure.state == NormAxes()
    assert "Change something" in last_row(figure)


def test_the_keys_of_the_lesson_are_left_alone():
    assert not any(NormAxesFigure().press(key) for key in RESERVED)
    assert len(NormAxesFigure.keys) <= 76


def test_in_plain_text_both_norms_are_told_before_and_after_a_change():
    rows = plain(NormAxesFigure().draw_in_full(76, ASCII))
    assert sum(row.startswith(("Batch norm:", "Layer norm:")) for row in rows) == 4
    assert sum("of 48 outputs moved" in row for row in rows) == 2
    assert all(row.isascii() for row in rows)
