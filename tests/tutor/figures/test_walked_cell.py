"""Keys and ticks of the two figures that walk an LSTM cell, with a small answer made up here."""

from typing import Any

import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.rows import plain
from tutor.figures.figure import LabFigure, PlayedFigure, ToldFigure
from tutor.figures.lstm_cell import LstmCellFigure
from tutor.figures.two_strips import TwoStripsFigure

FIGURES = (LstmCellFigure, TwoStripsFigure)
RESERVED = ("n", "p", "space", "pagedown", "f", "question_mark", "q", "escape", "enter", "o", "O")
TEXT = "To be"


def answer_to(figure, layers: int = 2) -> dict:
    settings = {name: value for name, value in figure.question.items() if name not in ("ask", "figure")}
    rows = [[0.5, 0.25, 0.75, 0.5, 0.5], [0.125] * 5]
    return {
        "settings": settings,
        "cell": "rnn-quick-001" if settings["run"] else "",
        "layers": layers,
        "texts": 2,
        "text": TEXT,
        "expects": [["e", 0.5]] * 5,
        "hidden": 3,
        "units": [2, 0],
        "signals": dict.fromkeys("ifgoch", rows),
    }


def ready(make, run=None) -> Any:
    figure = make(run)
    figure.answered(answer_to(figure))
    return figure


def text(figure, charset=UNICODE) -> str:
    return "\n".join(plain(figure.draw(76, charset)))


@pytest.mark.parametrize("make", FIGURES)
def test_both_are_figures_of_the_lab_that_play_and_tell_their_steps(make):
    figure = make()
    assert isinstance(figure, LabFigure)
    assert isinstance(figure, PlayedFigure)
    assert isinstance(figure, ToldFigure)
    assert figure.question == {"ask": "figure", "figure": "lstm_cell", "run": "", "layer": 0, "text": 0}
    assert "training a small cell" in text(figure)
    figure.answered(answer_to(figure))
    assert figure.question is None
    assert "not yours yet" in text(figure)


@pytest.mark.parametrize("make", FIGURES)
def test_the_keys_of_the_lesson_are_left_alone(make):
    assert not any(make().press(key) for key in RESERVED)
    assert len(make.keys) <= 76


def test_steps_stay_inside_the_text():
    figure = ready(LstmCellFigure)
    places = [(figure.press(key), figure.step)[1] for key in ("left", "right", "end", "right", "home")]
    assert places == [0, 1, 4, 4, 0]


def test_it_plays_to_the_end_and_stops_and_begins_again():
    figure = ready(LstmCellFigure)
    assert not figure.tick()
    assert figure.step == 0
    figure.press("s")
    assert figure.is_playing
    assert "playing" in text(figure)
    assert [figure.tick() for _ in range(4)] == [True, True, True, False]
    assert (figure.step, figure.is_playing, figure.tick()) == (4, False, False)
    figure.press("s")
    assert (figure.step, figure.is_playing) == (0, True)
    figure.press("right")
    assert not figure.is_playing


def test_it_waits_for_its_numbers_while_it_plays():
    figure = LstmCellFigure()
    figure.press("s")
    assert figure.tick()
    assert figure.step == 0
    figure.press("right")
    assert figure.step == 0


def test_units_are_walked_in_the_order_of_the_answer_and_kept_over_texts():
    figure = ready(LstmCellFigure)
    assert "unit 2 of 3" in text(figure)
    figure.press("down")
    figure.press("down")
    assert "unit 0 of 3" in text(figure)
    figure.press("t")
    assert figure.question["text"] == 1
    figure.answered(answer_to(figure))
    assert "unit 0 of 3" in text(figure)
    figure.press("up")
    assert "unit 2 of 3" in text(figure)
    figure.press("t")
    assert figure.question is None
    assert figure.settings["text"] == 0


def test_another_layer_asks_the_lab_and_its_most_moving_unit_comes_first():
    figure = ready(LstmCellFigure)
    figure.press("down")
    figure.press("l")
    assert figure.question["layer"] == 1
    figure.answered(answer_to(figure))
    assert "unit 2 of 3, layer 1 of 2" in text(figure)
    assert "h of l0" in text(figure)


def test_the_learners_own_cell_comes_first_and_w_goes_to_the_small_one_and_back():
    figure = ready(LstmCellFigure, run="/w/runs/rnn-quick-001")
    assert text(figure).startswith("rnn-quick-001: unit 2 of 3")
    figure.press("w")
    assert figure.question["run"] == ""
    figure.answered(answer_to(figure, layers=1))
    assert "not yours yet" in text(figure)
    figure.press("w")
    assert figure.question is None
    assert text(figure).startswith("rnn-quick-001")
    small = ready(LstmCellFigure)
    small.press("w")
    assert small.question is None


@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("make", FIGURES)
def test_the_walk_is_told_in_plain_text_too(make, charset):
    rows = plain(ready(make).draw_in_full(76, charset))
    assert sum(f"'{symbol}'" in row for symbol in "Tobe" for row in rows) >= 4
    assert charset.unicode or all(row.isascii() for row in rows)
