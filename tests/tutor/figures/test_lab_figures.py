"""Keys of the two figures whose numbers come from the lab, with answers made up here."""

import pytest

from tutor.drawing.charset import UNICODE
from tutor.drawing.rows import plain
from tutor.figures.activation_histograms import ActivationHistogramsFigure
from tutor.figures.gradient_by_depth import GradientByDepthFigure

FIGURES = (ActivationHistogramsFigure, GradientByDepthFigure)
RESERVED = ("n", "p", "space", "pagedown", "f", "question_mark", "q", "escape", "enter", "o", "O")


def answer_to(figure) -> dict:
    """An answer of the right form to what the figure asks."""
    settings = {name: value for name, value in figure.question.items() if name not in ("ask", "figure")}
    if isinstance(figure, GradientByDepthFigure):
        arm = {"loss": 2.0, "weights": [0.5, 1.0], "stream": [0.25, 1.0]}
        arms = dict.fromkeys(("plain", "plain, BN", "residual", "residual, BN"), arm)
        return {"settings": settings, "images": 16, "arms": arms}
    layer = {"mean": 0.0, "std": 1.0, "shares": [0.0] * 8 + [0.5, 0.5] + [0.0] * 8}
    views = dict.fromkeys(("without", "train", "eval"), [[layer] * settings["depth"]] * 3)
    return {"settings": settings, "steps": [0, 3, 20], "reach": 4.0, "images": 32, "views": views}


def text(figure) -> str:
    return "\n".join(plain(figure.draw(76, UNICODE)))


@pytest.mark.parametrize("figure", [make() for make in FIGURES])
def test_it_asks_until_it_has_its_answer_and_asks_each_setting_once(figure):
    assert "computing" in text(figure)
    assert figure.question["ask"] == "figure"
    figure.answered(answer_to(figure))
    assert figure.question is None
    assert "computing" not in text(figure)
    assert figure.press("w")
    assert figure.question is not None
    figure.answered(answer_to(figure))
    figure.press("home")
    assert figure.question is None


@pytest.mark.parametrize("make", FIGURES)
def test_a_late_answer_to_another_setting_is_kept_but_not_shown(make):
    figure = make()
    late = answer_to(figure)
    figure.press("s")
    figure.answered(late)
    assert figure.question["seed"] == 1
    assert "computing" in text(figure)


@pytest.mark.parametrize("make", FIGURES)
def test_the_keys_of_the_lesson_are_left_alone(make):
    assert not any(make().press(key) for key in RESERVED)
    assert len(make().keys) <= 76


def test_steps_and_mode_need_no_new_answer():
    figure = ActivationHistogramsFigure()
    figure.answered(answer_to(figure))
    for key in ("t", "m", "t", "m"):
        assert figure.press(key)
        assert figure.question is None
    assert "after 20 training steps" in text(figure)
    figure.press("m")
    assert "BN, evaluation" in text(figure)


def test_depth_stays_within_what_there_is():
    figure = GradientByDepthFigure()
    depths = [(figure.press(key), figure.settings["depth"])[1] for key in ("plus", "plus", "plus", "minus", "minus")]
    assert depths == [32, 56, 56, 32, 20]
    figure.answered(answer_to(figure))
    figure.press("a")
    assert "|dL/dW|" in text(figure)
    assert figure.question is None
