"""Keys of the figure of the feed-forward, and its four questions, with answers made up here."""

import pytest

from tutor.drawing.charset import UNICODE
from tutor.drawing.rows import plain
from tutor.figures.without_feed_forward import ARMS, WithoutFeedForwardFigure

RESERVED = ("n", "p", "space", "pagedown", "f", "question_mark", "q", "escape", "enter", "o", "O")


def answer_one(figure: WithoutFeedForwardFigure) -> str:
    """The arm that it asked for."""
    assert figure.question is not None
    settings = {name: value for name, value in figure.question.items() if name not in ("ask", "figure")}
    says = [[(a + b) % 5 for b in range(5)] for a in range(5)]
    figure.answered(
        {"settings": settings, "iterations": 300, "losses": [1.6, 0.1], "right": 0.5, "says": says, "chance": 1.6,
         "weights": 4096}
    )  # fmt: skip
    return settings["arm"]


def text(figure: WithoutFeedForwardFigure) -> str:
    return "\n".join(plain(figure.draw(76, UNICODE)))


def test_it_asks_for_one_net_after_the_other_and_draws_each_as_it_comes():
    figure = WithoutFeedForwardFigure()
    assert "computing" in text(figure)
    asked = []
    for left in (3, 2, 1, 0):
        asked.append(answer_one(figure))
        assert text(figure).count("being trained") == left
    assert tuple(asked) == ARMS
    assert figure.question is None


@pytest.mark.parametrize(
    ("key", "name", "value"), [("t", "task", "sum"), ("h", "heads", 4), ("k", "keys", "all"), ("s", "seed", 1)]
)
def test_each_key_asks_for_one_other_setting_and_home_goes_back(key, name, value):
    figure = WithoutFeedForwardFigure()
    while figure.question:
        answer_one(figure)
    before = dict(figure.settings)
    assert figure.press(key)
    asked = {"ask": "figure", "figure": "without_feed_forward", **before, name: value, "arm": ARMS[0]}
    assert figure.question == asked
    figure.press("home")
    assert figure.question is None


def test_whose_answers_are_shown_needs_no_new_net():
    figure = WithoutFeedForwardFigure()
    while figure.question:
        answer_one(figure)
    assert "all 25 right" in text(figure)
    for arm in (*ARMS[1:], ARMS[0]):
        figure.press("a")
        assert (figure.shown, figure.question) == (arm, None)


def test_the_keys_of_the_lesson_are_left_alone():
    assert not any(WithoutFeedForwardFigure().press(key) for key in RESERVED)
    assert len(WithoutFeedForwardFigure.keys) <= 76
