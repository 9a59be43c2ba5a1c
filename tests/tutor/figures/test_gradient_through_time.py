import models.figures.gradient_through_time as lab
from tutor.drawing.charset import UNICODE
from tutor.drawing.rows import plain
from tutor.figures.gradient_through_time import RECURRENT, SEEDS, STEPS, TRAINED, GradientThroughTimeFigure


def pressed(*keys: str) -> GradientThroughTimeFigure:
    figure = GradientThroughTimeFigure()
    assert all(figure.press(key) for key in keys)
    return figure


def answer_to(figure: GradientThroughTimeFigure) -> dict:
    settings = {name: value for name, value in (figure.question or {}).items() if name not in ("ask", "figure")}
    plain_arm, forget = {"loss": 1.0, "h": [0.1, 1.0]}, {"mean": 0.5, "top": 0.6}
    lstm = {"loss": 1.0, "c": [0.2, 1.0], "joint": [0.3, 1.0], "forget": forget}
    arms = {"RNN": plain_arm, "LSTM, bias 0": lstm, "LSTM, bias 1": lstm, "GRU": plain_arm}
    rest = {"sequences": 16, "sigma_max": 1.0, "spectral_radius": 1.0, "bound": [1.0, 1.0]}
    return {"settings": settings, "arms": arms, **rest}


def text(figure: GradientThroughTimeFigure) -> str:
    return "\n".join(plain(figure.draw(76, UNICODE)))


def test_it_asks_until_it_has_its_answer_and_asks_each_setting_once():
    figure = GradientThroughTimeFigure()
    assert "computing" in text(figure)
    figure.answered(answer_to(figure))
    assert figure.question is None
    assert "computing" not in text(figure)
    for key, name, value in (("plus", "steps", 100), ("w", "recurrent", "0.9 orthogonal"), ("t", "trained", 400)):
        assert figure.press(key)
        assert figure.question is not None
        assert figure.question[name] == value
        figure.answered(answer_to(figure))
    figure.press("home")
    assert figure.question is None


def test_a_late_answer_to_another_setting_is_kept_but_not_shown():
    figure = GradientThroughTimeFigure()
    late = answer_to(figure)
    figure.press("s")
    figure.answered(late)
    assert figure.question is not None
    assert "computing" in text(figure)


def test_the_lstms_other_gradient_needs_no_new_answer():
    figure = GradientThroughTimeFigure()
    figure.answered(answer_to(figure))
    before = text(figure)
    assert figure.press("c")
    assert figure.question is None
    assert "|dL/d(h_t,c_t)|" in text(figure) != before


def test_the_length_stays_within_what_there_is_and_every_setting_is_one_of_the_labs():
    assert [pressed(*keys).settings["steps"] for keys in (["minus"] * 3, ["plus"] * 3)] == [20, 100]
    assert set(STEPS) == set(lab.SETTINGS["steps"])
    assert lab.SETTINGS["recurrent"] == RECURRENT
    assert lab.SETTINGS["trained"] == TRAINED
    assert all(seed in lab.SETTINGS["seed"] for seed in range(SEEDS))


def test_other_keys_are_left_to_the_lesson_and_the_line_of_keys_fits():
    figure = GradientThroughTimeFigure()
    assert not any(figure.press(key) for key in ("n", "p", "space", "f", "q", "enter", "o", "O", "escape"))
    assert len(figure.keys) <= 76
