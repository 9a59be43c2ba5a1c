import json
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from models.figures import block_diagram
from models.figures.block_diagram import answer
from models.figures.settings import BadSetting

EXERCISE = Path(__file__).resolve().parents[3] / "lessons" / "cnn" / "basic_block"
SETTINGS = {"channels": 8, "stride": 2, "shortcut": "A", "size": 8, "batch": 2}


@pytest.fixture
def ask(tmp_path):
    def ask_about(text: str | None, **settings: Any) -> dict[str, Any]:
        if text is not None:
            (tmp_path / "cnn").mkdir(exist_ok=True)
            (tmp_path / "cnn" / "blocks.py").write_text(text)
        where = {"workspace": str(tmp_path), "file": "cnn/blocks.py", "symbol": "BasicBlock"}
        found = answer({**SETTINGS, **where, **settings})
        return json.loads(json.dumps(found, allow_nan=False))

    return ask_about


def kinds(found: dict[str, Any]) -> list[str]:
    return [found["steps"][step]["kind"] for step in found["main"]]


def mistake(name: str) -> str:
    return (EXERCISE / "mistakes" / f"{name}.py").read_text()


def test_without_a_folder_the_reference_is_traced_and_the_answer_says_so():
    found = answer(SETTINGS)
    assert found["whose"] == "reference"
    assert found["reason"]
    assert kinds(found) == ["input", "conv", "norm", "relu", "conv", "norm", "add", "relu"]
    assert found["branches"] == ({"leaves": 0, "joins": 8, "steps": (6, 7)},)
    assert found["parameters"] == 8 * 16 * 9 + 16 * 16 * 9 + 4 * 16


def test_the_learners_own_block_is_traced_as_it_is(ask):
    found = ask((EXERCISE / "variants" / "sequential_branch.py").read_text())
    assert (found["whose"], found["reason"], found["failure"]) == ("yours", None, None)
    assert found["steps"][6]["words"] == "Subsample"


def test_a_block_without_skip_has_no_branch(ask):
    found = ask(mistake("no_skip"))
    assert kinds(found) == ["input", "conv", "norm", "relu", "conv", "norm", "relu"]
    assert found["branches"] == []


def test_pre_activation_is_drawn_in_its_own_order(ask):
    found = ask(mistake("pre_activation"))
    assert kinds(found) == ["input", "norm", "relu", "conv", "norm", "relu", "conv", "add"]
    assert found["branches"][0]["leaves"] == 0


def test_a_relu_before_the_sum_stands_before_it(ask):
    found = ask(mistake("relu_before_add"))
    assert kinds(found)[-3:] == ["relu", "add", "relu"]
    assert kinds(found)[5:7] == ["norm", "relu"]


def test_a_skip_that_starts_too_late_leaves_where_it_leaves(ask):
    branch = ask(mistake("skip_overwritten"))["branches"][0]
    assert branch["leaves"] == 3


def test_a_part_that_is_never_called_and_an_overwritten_input_are_told(ask):
    text = (EXERCISE / "variants" / "sequential_branch.py").read_text()
    text = text.replace("y = x\n", "x += 1\n        y = x\n").replace('"shortcut_conv" in self._modules', "False")
    found = ask(text, shortcut="B", stride=1)
    assert found["input_overwritten"] is True
    assert found["never_called"] == []
    lazy = text.replace("super().__init__()", "super().__init__()\n        self.spare = nn.Linear(2, 2)")
    assert ask(lazy, stride=1)["never_called"] == ["spare"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "There is no cnn/blocks.py"),
        ((EXERCISE / "stub.py").read_text(), "is not written yet"),
        ("class BasicBlock", "SyntaxError"),
        ("class Other: pass", "has no BasicBlock"),
        ("import models", '"models" is not used here'),
        ("def BasicBlock(*a, **k): return 3", "is no nn.Module"),
        ("class BasicBlock: pass", "takes no arguments"),
        ("raise SystemExit(1)", "SystemExit"),
    ],
)
def test_a_block_that_cannot_be_had_is_replaced_by_the_reference_with_the_reason(ask, text, words):
    found = ask(text)
    assert found["whose"] == "reference"
    assert words in found["reason"]
    assert found["failure"] is None
    assert len(found["steps"]) == 10


def test_a_block_that_fails_is_drawn_to_where_it_failed(ask):
    text = (EXERCISE / "variants" / "sequential_branch.py").read_text()
    found = ask(text.replace("y = step(y)", "y = step(y)\n            y.view(3) if step is self.bn1 else None"))
    assert found["whose"] == "yours"
    assert kinds(found) == ["input", "conv", "norm"]
    assert "RuntimeError" in found["failure"]
    assert "cnn/blocks.py, line" in found["failure"]


def test_a_block_that_hangs_is_stopped(ask, monkeypatch):
    monkeypatch.setattr(block_diagram, "LIMIT_S", 0.3)
    text = (EXERCISE / "variants" / "sequential_branch.py").read_text()
    found = ask(text.replace("y = step(y)", "y = step(y)\n            while step is self.bn1: pass"))
    assert found["failure"].startswith("it has not ended after 0.3 s")
    assert kinds(found) == ["input", "conv", "norm"]
    assert "has not ended" in ask("while True: pass")["reason"]


def test_a_saved_change_is_seen_at_the_next_question(ask):
    assert ask(mistake("no_skip"))["branches"] == []
    assert len(ask(mistake("relu_before_add"))["branches"]) == 1


def test_numbers_that_are_not_finite_are_none(ask):
    text = (EXERCISE / "variants" / "sequential_branch.py").read_text().replace("y = x\n", "y = x / 0\n")
    assert ask(text)["steps"][1]["mean"] is None


def test_looking_leaves_imports_as_they_were(ask):
    finders, names = list(sys.meta_path), {name for name in sys.modules if name.partition(".")[0] == "cnn"}
    ask(mistake("no_skip"))
    assert sys.meta_path == finders
    assert {name for name in sys.modules if name.partition(".")[0] == "cnn"} == names


def test_the_same_question_has_the_same_answer():
    torch.manual_seed(5)
    first = answer(SETTINGS)
    torch.manual_seed(6)
    assert answer(SETTINGS) == first


@pytest.mark.parametrize("wrong", [{"channels": 0}, {"stride": 3}, {"shortcut": "C"}, {"size": True}, {"batch": "2"}])
def test_a_setting_that_is_not_there_is_refused(wrong):
    with pytest.raises(BadSetting, match="cannot be"):
        answer({**SETTINGS, **wrong})
