from lessons.figures.scale_slider import ScaleSlider
from tutor.drawing.charset import ASCII
from tutor.drawing.figures.scale_slider import VIEWS
from tutor.drawing.rows import plain
from tutor.figures.scale_slider import ScaleSliderFigure


def pressed(*keys: str) -> ScaleSliderFigure:
    figure = ScaleSliderFigure()
    assert all(figure.press(key) for key in keys)
    return figure


def test_d_k_slides_by_powers_of_two_and_stops_at_its_ends():
    assert pressed("right", "right", "left").state.d_k == 128
    assert pressed(*["right"] * 9).state.d_k == 512
    assert pressed(*["left"] * 9).state.d_k == 1


def test_views_and_draws_go_round():
    views = [pressed(*["v"] * times).view for times in range(len(VIEWS) + 1)]
    assert tuple(views[:-1]) == tuple(VIEWS)
    assert views[-1] == "weights"
    assert [pressed(*["s"] * times).state.draw for times in (1, 4, 5)] == [1, 4, 0]


def test_home_starts_over_and_other_keys_are_left_to_the_lesson():
    figure = pressed("v", "s", "right", "home")
    assert (figure.state, figure.view) == (ScaleSlider(), "weights")
    assert not any(figure.press(key) for key in ("n", "p", "space", "pagedown", "f", "q", "o", "O", "enter", "escape"))
    assert len(figure.keys) <= 76
    assert plain(figure.draw(76, ASCII))[0].startswith("d_k = 64")
