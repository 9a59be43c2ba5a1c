from lessons.figures.position_waves import PositionWaves
from tutor.drawing.charset import ASCII
from tutor.drawing.rows import plain
from tutor.figures.position_waves import PositionWavesFigure


def pressed(*keys: str) -> PositionWavesFigure:
    figure = PositionWavesFigure()
    assert all(figure.press(key) for key in keys)
    return figure


def test_position_and_wave_stop_at_their_ends():
    assert pressed("right", "right", "left").state.position == 4
    assert pressed(*["right"] * 30).state.position == 23
    assert pressed(*["left"] * 30).state.position == 0
    assert pressed("down", "down", "up").state.pair == 3
    assert pressed(*["down"] * 30).state.pair == 15
    assert pressed(*["up"] * 30).state.pair == 0


def test_views_go_round_and_shuffling_shows_the_sentence_first():
    assert [pressed(*["v"] * times).view for times in range(4)] == ["waves", "distance", "shuffle", "waves"]
    assert (pressed("x").view, pressed("x").state.order) == ("shuffle", 1)
    assert [pressed("x", *["x"] * times).state.order for times in (1, 2, 3)] == [2, 3, 0]


def test_home_starts_over_and_other_keys_are_left_to_the_lesson():
    figure = pressed("x", "x", "right", "down", "home")
    assert (figure.state, figure.view) == (PositionWaves(), "waves")
    assert not any(figure.press(key) for key in ("n", "p", "space", "pagedown", "f", "q", "o", "O", "enter", "escape"))
    assert len(figure.keys) <= 76


def test_on_a_page_all_three_views_are_told():
    told = "\n".join(plain(PositionWavesFigure().draw_in_full(76, ASCII)))
    assert all(head in told for head in ("PE, d = 32", "PE(p) . PE(p + k)", "Self-attention on"))
