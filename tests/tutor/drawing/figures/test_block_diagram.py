from typing import Any

import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.block_diagram import draw_block_diagram
from tutor.drawing.rows import cells, plain


def step(name: str, kind: str, *inputs: int, words: str = "", parameters: int = 0) -> dict[str, Any]:
    numbers = {"shape": [4, 32, 16, 16], "parameters": parameters, "mean": -0.0001, "std": 1.0}
    return {"name": name, "kind": kind, "words": words, "inputs": list(inputs), **numbers}


def answer(**changes: Any) -> dict[str, Any]:
    steps = [
        step("Input", "input"),
        step("conv1", "conv", 0, words="3x3, 16 to 32", parameters=4608),
        step("bn1", "norm", 1, parameters=64),
        step("relu", "relu", 2),
        step("conv2", "conv", 3, words="3x3, 32 to 32", parameters=9216),
        step("bn2", "norm", 4, parameters=64),
        step("slice", "other", 0),
        step("pad", "other", 6),
        step("add", "add", 5, 7),
        step("relu", "relu", 8),
    ]
    found = {
        "settings": {"channels": 16, "stride": 2, "shortcut": "A", "size": 32, "batch": 4},
        "whose": "yours", "reason": None, "steps": steps, "main": [0, 1, 2, 3, 4, 5, 8, 9],
        "branches": [{"leaves": 0, "joins": 8, "steps": [6, 7]}], "unused": [], "parameters": 13952,
        "never_called": [], "input_overwritten": False, "is_cut": False, "output_is_known": True, "failure": None,
    }  # fmt: skip
    return {**found, **changes}


def test_the_courses_diagram_has_the_skip_under_it_and_a_row_for_each_step():
    assert plain(draw_block_diagram(answer(), 4, 76, UNICODE)) == [
        " Your block: 16 to 32 channels, stride 2, shortcut A",
        "                                     ▼",
        " Input → Conv → BatchNorm → ReLU → Conv → BatchNorm → Add → ReLU → Output",
        "       │                                               ↑",
        "       └── slice ── pad ───────────────────────────────┘",
        "   step          takes                      shape  weights    mean     std",
        "   Input                               4x32x16x16            0.000   1.000",
        "   conv1         3x3, 16 to 32         4x32x16x16    4,608   0.000   1.000",
        "   bn1                                 4x32x16x16       64   0.000   1.000",
        "   relu                                4x32x16x16            0.000   1.000",
        " › conv2         3x3, 32 to 32         4x32x16x16    9,216   0.000   1.000",
        "   bn2                                 4x32x16x16       64   0.000   1.000",
        "   slice         from Input            4x32x16x16            0.000   1.000",
        "   pad                                 4x32x16x16            0.000   1.000",
        "   add           bn2 + pad             4x32x16x16            0.000   1.000",
        "   relu                                4x32x16x16            0.000   1.000",
        " 13,952 parameters in all",
    ]


def test_in_ascii_the_skip_is_drawn_too():
    rows = plain(draw_block_diagram(answer(), 0, 76, ASCII))
    assert rows[2:5] == [
        " Input->Conv->BatchNorm->ReLU->Conv->BatchNorm->Add->ReLU->Output",
        "       |                                         ^",
        "       +-- slice -- pad -------------------------+",
    ]


def test_a_block_without_skip_is_drawn_without_one_and_the_row_below_says_so():
    steps = [*answer()["steps"][:6], step("relu", "relu", 5)]
    rows = plain(draw_block_diagram(answer(steps=steps, main=list(range(7)), branches=[]), 0, 76, UNICODE))
    assert rows[2] == " Input → Conv → BatchNorm → ReLU → Conv → BatchNorm → ReLU → Output"
    assert "└" not in "".join(rows)
    assert rows[3] == " No skip connection: the input comes to the output through the layers only."


def test_the_reference_in_place_of_the_learners_block_is_told_with_its_reason():
    rows = plain(draw_block_diagram(answer(whose="reference", reason="It is not written yet."), 0, 76, UNICODE))
    assert rows[:2] == [
        " The reference's block: 16 to 32 channels, stride 2, shortcut A",
        " It is not written yet.",
    ]


def test_a_block_that_ended_on_its_way_has_a_cross_and_the_words_of_its_error():
    found = answer(
        steps=answer()["steps"][:4], main=[0, 1, 2, 3], branches=[], failure="ValueError: no\nblocks.py, line 3"
    )
    rows = plain(draw_block_diagram(found, 0, 76, ASCII))
    assert rows[2] == " Input->Conv->BatchNorm->ReLU->x"
    assert rows[3:5] == [" It ended here: ValueError: no", " blocks.py, line 3"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unused": [6, 7]}, "Computed, but the output does not need it: slice, pad."),
        ({"never_called": ["spare"]}, "Made, but not called in this pass: spare."),
        ({"input_overwritten": True}, "The block has written into its own input."),
        ({"output_is_known": False}, "What it returned was made by none of these steps."),
        ({"is_cut": True}, "It goes on: only the first 10 steps are seen here."),
    ],
)
def test_what_is_not_as_it_should_be_is_said(change, words):
    assert f" {words}" in plain(draw_block_diagram(answer(**change), 0, 76, UNICODE))


def test_before_the_answer_the_courses_diagram_stands_there():
    rows = plain(draw_block_diagram(None, 0, 76, UNICODE))
    assert rows[1] == " Input → Conv → BatchNorm → ReLU → Conv → BatchNorm → Add → ReLU → Output"
    assert rows[2][7] == "│"
    assert rows[5].startswith(" computing ...")


@pytest.mark.parametrize("width", [20, 40, 58, 76])
@pytest.mark.parametrize("current", [0, 7, 9])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_every_row_is_as_wide_as_asked_and_there_are_at_most_18(width, current, charset):
    rows = draw_block_diagram(answer(), current, width, charset)
    assert {cells(row) for row in rows} == {width}
    assert len(rows) <= 18
    assert any(
        row.startswith(f" {charset.pointer} {answer()['steps'][current]['name']}"[:width]) for row in plain(rows)
    )


@pytest.mark.parametrize("current", range(10))
def test_in_a_low_window_the_current_step_stays_in_it(current):
    rows = plain(draw_block_diagram(answer(), current, 58, UNICODE, height=12))
    assert len(rows) <= 12
    assert any(row.startswith(f" {UNICODE.pointer} ") for row in rows)


def test_more_steps_than_fit_are_shown_around_the_current_one():
    steps = [step("Input", "input")] + [step(f"step{number}", "other", number - 1) for number in range(1, 40)]
    found = answer(steps=steps, main=list(range(40)), branches=[])
    rows = plain(draw_block_diagram(found, 25, 76, UNICODE))
    assert len(rows) <= 18
    assert any(row.startswith(" › step25") for row in rows)
    assert "step25" in rows[2]


def test_what_a_learners_error_says_cannot_move_the_terminal():
    rows = plain(draw_block_diagram(answer(failure="\x1b[2JValueError"), 0, 76, UNICODE))
    assert "\x1b" not in "".join(rows)
