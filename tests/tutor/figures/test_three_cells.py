"""Keys of the figure of three cells, and the learner's own runs beside it, with answers made up here."""

from pathlib import Path

import pytest

from models.runs import RunConfig, RunDirectory, RunState, RunStatus
from tutor.drawing.charset import UNICODE
from tutor.drawing.rows import plain
from tutor.figures.memory_runs import MemoryRun, memory_runs
from tutor.figures.registry import figure_of
from tutor.figures.three_cells import ThreeCellsFigure

RESERVED = ("n", "p", "space", "pagedown", "f", "question_mark", "q", "escape", "enter", "o", "O")


def answered(figure: ThreeCellsFigure, last: float = 0.01) -> ThreeCellsFigure:
    assert figure.question is not None
    settings = {name: value for name, value in figure.question.items() if name not in ("ask", "figure")}
    cell = {"parameters": 100, "step_us": 3.0, "losses": [0.2, last], "at_double": 0.5}
    cells = dict.fromkeys(("RNN", "LSTM", "GRU"), cell)
    figure.answered({"settings": settings, "baseline": 1 / 6, "iterations": 300, "batch": 64, "cells": cells})
    return figure


def text(figure: ThreeCellsFigure) -> str:
    return "\n".join(plain(figure.draw(76, UNICODE)))


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [("plus", "steps", 40), ("minus", "steps", 10), ("t", "task", "copy"), ("b", "gates", "for T"), ("w", "hidden", 64),
     ("s", "seed", 1)],
)  # fmt: skip
def test_each_key_asks_for_one_other_setting_and_home_goes_back(key, name, value):
    figure = answered(ThreeCellsFigure())
    before = dict(figure.settings)
    assert figure.question is None
    assert figure.press(key)
    assert figure.question == {"ask": "figure", "figure": "three_cells", **before, name: value}
    assert "computing" in text(figure)
    figure.press("home")
    assert figure.question is None


def test_the_lengths_end_where_there_are_no_more():
    figure = ThreeCellsFigure()
    lengths = [(figure.press(key), figure.settings["steps"])[1] for key in ("+", "+", "+", "-", "-", "-", "-")]
    assert lengths == [40, 80, 80, 40, 20, 10, 10]


def test_what_was_tried_before_stays_beside_what_is_seen_now():
    figure = answered(ThreeCellsFigure())
    figure.press("plus")
    answered(figure, last=0.16)
    told = [row.rstrip() for row in plain(figure.draw(76, UNICODE))[-3:]]
    assert [row[-9:] for row in told] == ["  0.5  20"] * 3
    figure.press("b")
    answered(figure, last=0.16)
    assert "none of 40" in text(figure)


def test_the_keys_of_the_lesson_are_left_alone():
    assert not any(ThreeCellsFigure().press(key) for key in RESERVED)
    assert len(ThreeCellsFigure.keys) <= 76


def a_run(folder: Path, name: str, right: float | None, state: RunState = "finished", **settings) -> None:
    path = folder / "runs" / name
    path.mkdir(parents=True)
    settings = {"cell": "lstm", "dataset": "adding", "length": 50, **settings}
    config = RunConfig(
        id=name, project="rnn", preset="adding", seed=0, device="cpu", threads=1, twin=True, total_steps=9,
        settings=settings, dataset={}, parts=(), workspace_id="w", created_at="2026-01-01T00:00:00+00:00", versions={},
    )  # fmt: skip
    RunDirectory(path).write_config(config)
    (path / "status.json").write_text(RunStatus(state, held_out=right).to_json())


def test_the_learners_finished_runs_of_the_task_are_told_the_better_of_two_alike(tmp_path: Path):
    a_run(tmp_path, "rnn-adding-001", 0.3)
    a_run(tmp_path, "rnn-adding-002", 0.957)
    a_run(tmp_path, "rnn-adding-003", 0.9, state="stopped")
    a_run(tmp_path, "rnn-adding-rnn-001", 0.087, cell="rnn", length=100)
    a_run(tmp_path, "rnn-copy-001", 0.88, dataset="copy")
    a_run(tmp_path, "rnn-quick-001", 1.7, dataset="plays")
    a_run(tmp_path, "rnn-adding-004", None)
    own = memory_runs(tmp_path / "runs")
    assert own == (
        MemoryRun("adding", "rnn", 100, 0.087),
        MemoryRun("adding", "lstm", 50, 0.957),
        MemoryRun("copy", "lstm", 50, 0.88),
    )
    figure = figure_of("three_cells", tmp_path)
    assert isinstance(figure, ThreeCellsFigure)
    assert "Your runs, right answers: RNN T 100: 8.7 %; LSTM T 50: 95.7 %." in text(answered(figure))
    figure.press("t")
    assert "LSTM T 50: 88.0 %" in text(answered(figure))
    assert memory_runs(tmp_path / "nowhere") == ()
