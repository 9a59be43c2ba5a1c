from lessons.figures.four_steps import FourSteps
from tutor.drawing.charset import ASCII
from tutor.drawing.rows import plain
from tutor.figures.four_steps import FourStepsFigure


def pressed(*keys: str) -> FourStepsFigure:
    figure = FourStepsFigure()
    assert all(figure.press(key) for key in keys)
    return figure


def test_steps_tokens_and_entries_go_round():
    assert [pressed(*["s"] * times).state.step for times in range(5)] == [1, 2, 3, 4, 1]
    assert [pressed(*["t"] * times).state.row for times in range(3)] == [3, 0, 1]
    assert pressed("up", "left").state.place == (0, 1)
    assert pressed("up", "up", *["right"] * 4).state.place == (3, 0)


def test_an_edited_entry_moves_through_all_steps():
    state = pressed("plus", "plus").state
    assert state.k[1] == (3.0, 0.0)
    assert pressed("plus", "minus").state == FourSteps()
    assert all(now != was for now, was in zip(state.results, state.before.results, strict=True))


def test_home_starts_over_and_other_keys_are_left_to_the_lesson():
    assert pressed("s", "t", "plus", "down", "home").state == FourSteps()
    figure = FourStepsFigure()
    assert not any(figure.press(key) for key in ("n", "p", "space", "pagedown", "f", "q", "o", "O", "enter", "escape"))
    assert len(figure.keys) <= 76


def test_on_a_page_all_four_steps_are_told():
    figure = FourStepsFigure()
    assert plain(figure.draw(76, ASCII))[0].startswith("Step 1")
    told = plain(figure.draw_in_full(76, ASCII))
    assert told[0].startswith("Step 4")
    assert told[-3].split() == ["sum", "79.18", "1.00", "3.62", "0.12"]
