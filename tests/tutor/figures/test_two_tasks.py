from lessons.figures.two_tasks import TwoTasks
from tutor.figures.two_tasks import TwoTasksFigure


def pressed(*keys: str) -> TwoTasksFigure:
    figure = TwoTasksFigure()
    assert all(figure.press(key) for key in keys)
    return figure


def test_the_lean_stops_at_its_ends_and_tokens_go_round():
    assert pressed("right", "right", "left").state.lean == 1
    assert pressed(*["right"] * 20).state.lean == 6
    assert pressed(*["left"] * 20).state.lean == -6
    assert [pressed(*["t"] * times).state.token for times in range(6)] == [3, 4, 5, 1, 2, 3]
    assert pressed("up", "up", "up").state.token == 5


def test_other_values_are_drawn_and_the_same_ones_each_time():
    first, second = pressed("x").state, pressed("x", "x").state
    assert first.values != TwoTasks().values
    assert first.values != second.values
    assert first == pressed("x").state
    assert all(value in range(10) for value in first.values)


def test_home_starts_over_and_other_keys_are_left_to_the_lesson():
    figure = pressed("x", "t", "right", "home")
    assert figure.state == TwoTasks()
    assert not any(figure.press(key) for key in ("n", "p", "space", "pagedown", "f", "q", "o", "O", "enter", "escape"))
    assert len(figure.keys) <= 76
