import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.three_cells import draw_three_cells
from tutor.drawing.rows import cells, plain

SETTINGS = {"task": "adding", "steps": 20, "hidden": 32, "gates": "usual", "seed": 0}
OWN = ("LSTM T 50: 95.7 %",)


def answer_for(steps: int, last: tuple[float, float, float], task: str = "adding") -> dict:
    names, counts = ("RNN", "LSTM", "GRU"), (1152, 4608, 3456)
    named = {
        name: {"parameters": count, "step_us": 12.25, "losses": [2 * loss, loss], "at_double": 3 * loss}
        for name, count, loss in zip(names, counts, last, strict=True)
    }
    baseline = 1 / 6 if task == "adding" else 2.079
    settings = {**SETTINGS, "steps": steps, "task": task}
    return {"settings": settings, "baseline": baseline, "iterations": 300, "batch": 64, "cells": named}


ANSWER = answer_for(20, (0.18, 0.05, 0.002))
TRIED = [answer_for(10, (0.07, 0.006, 0.0006)), ANSWER, answer_for(40, (0.17, 0.16, 0.0015))]


def drawn(width: int = 76, charset=UNICODE, answer=ANSWER, own=(), settings=SETTINGS) -> list[str]:
    rows = draw_three_cells(settings, answer, TRIED, own, width, charset)
    assert {cells(row) for row in rows} == {width}
    return [row.rstrip() for row in plain(rows)]


def test_each_cell_has_its_counts_its_time_and_the_lengths_that_it_remembered():
    assert drawn(charset=ASCII)[-4:] == [
        "  cell  weights  times  us/step  last loss    at 2T  has T of",
        "* RNN     1,152    1.0     12.2       0.18     0.54  10",
        "o LSTM    4,608    4.0     12.2       0.05     0.15  10, 20",
        "+ GRU     3,456    3.0     12.2      0.002    0.006  10, 20, 40",
    ]


def test_who_remembers_nothing_is_said_with_what_was_tried():
    rows = plain(draw_three_cells(SETTINGS, ANSWER, TRIED[1:], (), 76, ASCII))
    assert rows[-3].rstrip().endswith("none of 20, 40")


def test_the_head_names_task_length_and_gates():
    assert drawn()[0] == "adding two of T numbers, T = 20, H = 32, seed 0; gates start as usual"
    letters = answer_for(20, (0.1, 1.9, 0.01), "copy")
    rows = drawn(answer=letters, settings={**letters["settings"], "gates": "for T"})
    assert rows[0].startswith("copying one letter, T = 20, H = 32, seed 0; gates start for T")
    assert "a guess" in "\n".join(rows)


@pytest.mark.parametrize("width", [76, 56])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("own", [(), OWN, OWN * 9])
def test_it_fits_a_small_page(width, charset, own):
    rows = drawn(width, charset, own=own)
    assert len(rows) <= 18
    assert charset.unicode or all(row.isascii() for row in rows)
    assert any("4,608" in row and "10, 20" in row for row in rows)


def test_the_learners_own_runs_stand_below():
    assert drawn(own=OWN)[-1] == "Your runs, right answers: LSTM T 50: 95.7 %."


def test_without_an_answer_it_says_what_will_be_seen():
    rows = drawn(answer=None)
    assert "Three nets of one width" in rows[2]
    assert rows[-1].startswith("computing")
    assert "one letter of eight" in " ".join(drawn(answer=None, settings={**SETTINGS, "task": "copy"}))
