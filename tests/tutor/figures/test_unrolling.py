from lessons.figures.unrolling import TEXT, Unrolling
from tutor.drawing.charset import ASCII
from tutor.drawing.rows import plain
from tutor.figures.unrolling import UnrollingFigure


def pressed(*keys: str) -> UnrollingFigure:
    figure = UnrollingFigure()
    assert all(figure.press(key) for key in keys)
    return figure


def test_arrows_choose_step_and_unit():
    assert pressed("right", "right", "left").state.step == 2
    assert pressed("left").state.step == 1
    assert pressed(*["right"] * 9).state.step == 5
    assert [pressed(*keys).state.unit for keys in (["down"], ["up"], ["down"] * 3)] == [1, 2, 0]


def test_the_text_grows_and_shrinks_within_what_there_is():
    assert pressed("plus").state.text == TEXT[:6]
    assert pressed(*["plus"] * 9).state.text == TEXT
    short = pressed(*["right"] * 4, *["minus"] * 9).state
    assert (short.text, short.step) == ("h", 1)


def test_a_changed_character_stays_changed_while_the_text_grows():
    state = pressed("right", "x", "plus").state
    assert state.text == "hllloh"
    assert state.before.text == "helloh"
    assert pressed(*["x"] * 4).state == Unrolling()


def test_home_starts_over_and_other_keys_are_left_to_the_lesson():
    assert pressed("x", "plus", "right", "down", "home").state == Unrolling()
    figure = UnrollingFigure()
    assert not any(figure.press(key) for key in ("n", "p", "space", "pagedown", "f", "q", "o", "O", "enter", "escape"))
    assert len(figure.keys) <= 76
    assert plain(figure.draw(76, ASCII))[0].startswith("step")
