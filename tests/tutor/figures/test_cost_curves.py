"""Keys of the figure of costs, and its two questions, with answers made up here."""

from pathlib import Path

import pytest

from tutor.drawing.charset import UNICODE
from tutor.drawing.rows import plain
from tutor.figures.cost_curves import CostCurvesFigure
from tutor.figures.registry import figure_of

RESERVED = ("n", "p", "space", "pagedown", "f", "question_mark", "q", "escape", "enter", "o", "O")


def answer_one(figure: CostCurvesFigure) -> str:
    assert figure.question is not None
    settings = {k: v for k, v in figure.question.items() if k not in ("ask", "figure", "workspace")}
    point = {"layer": 1e-3, "products": 1e-4, "lstm": 2e-3, "layer_bytes": 4000, "lstm_bytes": 8000}
    lengths = ("32", "64") if settings["lengths"] == "short" else ("512", "1024")
    points = dict.fromkeys(lengths, point)
    figure.answered({"settings": settings, "whose": "yours", "reason": None, "points": points})
    return settings["lengths"]


def text(figure: CostCurvesFigure) -> str:
    return "\n".join(plain(figure.draw(76, UNICODE)))


def test_short_sentences_come_first_and_are_drawn_while_long_ones_are_measured():
    figure = CostCurvesFigure()
    assert "computing" in text(figure)
    assert answer_one(figure) == "short"
    assert "longer sentences are being measured" in text(figure)
    assert answer_one(figure) == "long"
    assert figure.question is None
    assert "being measured" not in text(figure)


@pytest.mark.parametrize(("key", "name", "value"), [("minus", "width", 32), ("h", "heads", 4), ("r", "again", 1)])
def test_each_key_asks_for_one_other_setting(key, name, value):
    figure = CostCurvesFigure()
    while figure.question:
        answer_one(figure)
    assert figure.press(key)
    assert figure.question is not None
    assert figure.question[name] == value


def test_memory_needs_no_new_answer_and_home_goes_back():
    figure = CostCurvesFigure()
    while figure.question:
        answer_one(figure)
    for key in ("m", "home", "plus"):
        assert figure.press(key)
        assert figure.question is None
    figure.press("m")
    assert "MB kept" in text(figure)


def test_the_lab_is_told_where_the_learners_modules_are(tmp_path: Path):
    figure = figure_of("cost_curves", tmp_path)
    assert isinstance(figure, CostCurvesFigure)
    assert figure.question is not None
    assert figure.question["workspace"] == str(tmp_path)


def test_the_keys_of_the_lesson_are_left_alone():
    assert not any(CostCurvesFigure().press(key) for key in RESERVED)
    assert len(CostCurvesFigure.keys) <= 76
