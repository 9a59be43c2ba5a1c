from typing import Any

from tutor.drawing.charset import UNICODE
from tutor.drawing.rows import plain
from tutor.figures.block_diagram import BlockDiagramFigure

STEP = {"name": "Input", "kind": "input", "words": "", "inputs": [], "shape": [1], "parameters": 0, "mean": 0, "std": 1}


def reply(figure: BlockDiagramFigure, count: int = 3) -> dict[str, Any]:
    steps = [{**STEP, "inputs": [number - 1] if number else []} for number in range(count)]
    return {
        "settings": dict(figure.settings), "whose": "yours", "reason": None, "steps": steps,
        "main": list(range(count)), "branches": [], "unused": [], "parameters": 0, "never_called": [],
        "input_overwritten": False, "is_cut": False, "output_is_known": True, "failure": None,
    }  # fmt: skip


def test_the_question_names_the_workspace_and_the_learners_file():
    question = BlockDiagramFigure("/home/me/phase3").question
    assert question == {
        "ask": "figure", "figure": "block_diagram", "workspace": "/home/me/phase3", "file": "cnn/blocks.py",
        "symbol": "BasicBlock", "channels": 16, "stride": 2, "shortcut": "A", "size": 32, "batch": 4,
    }  # fmt: skip


def test_an_answer_ends_the_question_and_a_new_setting_asks_anew():
    figure = BlockDiagramFigure()
    figure.answered(reply(figure))
    assert figure.question is None
    for key, name, value in (("s", "stride", 1), ("a", "shortcut", "B"), ("plus", "channels", 32), ("i", "size", 64)):
        assert figure.press(key)
        assert figure.question is not None
        assert figure.question[name] == value
        figure.answered(reply(figure))
    assert "computing" not in plain(figure.draw(76, UNICODE))[0]
    assert figure.press("r")
    assert figure.question is not None
    assert plain(figure.draw(76, UNICODE))[0].endswith("computing ...")


def test_an_answer_to_an_older_question_is_let_go_of():
    figure = BlockDiagramFigure()
    late = reply(figure)
    figure.press("s")
    figure.answered(late)
    assert figure.question is not None
    assert any("computing" in row for row in plain(figure.draw(76, UNICODE)))


def test_arrows_step_through_what_was_traced_and_stop_at_its_ends():
    figure = BlockDiagramFigure()
    assert figure.press("right")
    assert figure.current == 0
    figure.answered(reply(figure))
    for _ in range(5):
        figure.press("right")
    assert figure.current == 2
    figure.press("left")
    assert figure.current == 1
    figure.press("home")
    assert figure.current == 0


def test_keys_of_the_lesson_are_left_to_it_and_the_line_of_keys_fits():
    assert not any(BlockDiagramFigure().press(key) for key in ("n", "p", "f", "q", "enter", "o", "O", "space"))
    assert len(BlockDiagramFigure.keys) <= 76
