"""`check --self` is the linter of the content: what is broken on purpose here has to be told by it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest

from lessons.catalog import Exercise
from lessons.checking.assignment import Assignment
from lessons.checking.examiner import Examiner
from lessons.checking.self_check import self_check
from lessons.checking.submission import load_module

MISTAKES = ("flipped_kernel", "no_bias", "mean_for_sum", "ceil_size", "dilation_ignored")
HEADER = '"""Told to the learner."""\n\nEQUATION = "y = 0"\nHINT = 1\n'
Check = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Elsewhere(Exercise):
    """An exercise whose content lies in another folder."""

    content: Path = Path()

    @property
    def folder(self) -> Path:
        return self.content


@pytest.fixture
def content(conv2d: Exercise, tmp_path: Path) -> Elsewhere:
    """conv2d with five of its mistakes and one variant: enough for the linter, and quick."""
    folder = tmp_path / "conv2d"
    shutil.copytree(conv2d.folder, folder, ignore=shutil.ignore_patterns("__pycache__", "mistakes", "variants"))
    for kind, names in (("mistakes", MISTAKES), ("variants", ("tensor_unfold",))):
        (folder / kind).mkdir()
        for name in names:
            shutil.copy(conv2d.folder / kind / f"{name}.py", folder / kind)
    return Elsewhere(**{field.name: getattr(conv2d, field.name) for field in fields(Exercise)}, content=folder)


@pytest.fixture
def checked(examiner: Examiner, monkeypatch: pytest.MonkeyPatch) -> Iterator[Check]:
    """The self-check's report on a content, wherever it lies."""
    module = property(lambda self: load_module(self.exercise.folder / "check.py", "check_under_test"))
    monkeypatch.setattr(Assignment, "_check", module)

    def check(exercise: Exercise) -> dict[str, Any]:
        examiner.assignments.clear()
        return self_check(exercise, examiner)

    yield check
    examiner.assignments.clear()


def test_sound_content_has_no_problems_and_a_full_report(content: Elsewhere, checked: Check):
    report = checked(content)
    assert report["problems"] == []
    assert (report["stub"], report["reference"], report["oracle"]) == ("missing", "passed", "passed")
    assert {row["id"]: row["named_as"] for row in report["mistakes"]} == {
        name.replace("_", "-"): name.replace("_", "-") for name in MISTAKES
    }
    assert all(row["killed"] and row["killed_by"] for row in report["mistakes"])
    assert max(max(row["killed_by"]) for row in report["mistakes"]) < len(report["cases"])
    assert [row["status"] for row in report["variants"]] == ["passed"]


def test_a_mistake_that_survives_one_under_two_names_and_a_stub_that_breaks_are_told(
    content: Elsewhere, checked: Check, right_source: str
):
    stub = content.folder / "stub.py"
    stub.write_text(stub.read_text().replace("raise NotImplementedError", "raise ValueError"))
    mistakes = content.folder / "mistakes"
    (mistakes / "none_at_all.py").write_text(HEADER + right_source)
    shutil.copy(mistakes / "no_bias.py", mistakes / "bias_gone.py")
    report = checked(content)
    assert report["problems"] == [
        "stub.py gives an answer, not missing",
        "mistakes/no_bias.py is named as bias-gone: no case tells them apart",
        "mistakes/none_at_all.py survives: add a case that it fails",
    ]
    assert {row["id"]: row["killed_by"] for row in report["mistakes"]}["none-at-all"] == []


def test_a_stub_that_is_solved_a_wrong_variant_and_a_wrong_oracle_are_told(
    content: Elsewhere, checked: Check, right_source: str
):
    (content.folder / "stub.py").write_text(right_source)
    (content.folder / "variants" / "half.py").write_text(
        right_source.replace("    return y if", "    y = y / 2\n    return y if")
    )
    oracle = content.folder / "oracle.py"
    oracle.write_text(oracle.read_text().replace("padding, dilation)", "padding)"))
    problems = checked(content)["problems"]
    assert "stub.py gives an answer, not missing" in problems
    assert any(line.startswith("variants/half.py gives failed: ") for line in problems)
    assert any(line.startswith("oracle.py (torch's own layer) is not accepted: failed: ") for line in problems)


def test_what_is_missing_in_the_content_is_told_with_its_file(content: Elsewhere, checked: Check, right_source: str):
    for name in MISTAKES[1:]:
        (content.folder / "mistakes" / f"{name}.py").unlink()
    (content.folder / "mistakes" / "bare.py").write_text(
        right_source.replace("    return y if", "    y = 3 * y\n    return y if")
    )
    (content.folder / "mistakes" / "wide.py").write_text(
        HEADER.replace("y = 0", "y = " + "x + " * 30)
        + right_source.replace("    return y if", "    y = 4 * y\n    return y if")
    )
    shutil.rmtree(content.folder / "variants")
    broken = replace(content, hints=("word " * 61, "short"), needs=("cnn/no_such_exercise",))
    problems = checked(broken)["problems"]
    for told in (
        "mistakes/bare.py has no docstring",
        "mistakes/bare.py has no EQUATION",
        "mistakes/bare.py has no HINT",
        "mistakes/ has 3 files: add at least 5",
        "variants/ is empty: add a right solution that is written differently",
        "curriculum.toml gives 2 hints: write 3",
        "hint 1 has over 60 words",
        "mistakes/wide.py: a line of its equation is wider than 76 columns",
        "curriculum.toml: needs cnn/no_such_exercise, which is no exercise",
    ):
        assert told in problems
    assert len(problems) == 9
