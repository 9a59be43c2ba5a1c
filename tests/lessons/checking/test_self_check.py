"""`check --self` is the linter of the content: what is broken on purpose here has to be told by it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
import torch

from lessons.catalog import Exercise
from lessons.checking.assignment import Assignment
from lessons.checking.examiner import Examiner
from lessons.checking.self_check import self_check
from lessons.checking.submission import load_module

MISTAKES = (
    "ceil_size",
    "dilation_ignored",
    "flipped_kernel",
    "mean_for_sum",
    "no_bias",
    "padding_in_place",
    "result_on_the_cpu",
    "stride_ignored",
)
VARIANTS = ("loops", "strided_windows", "tensor_unfold")
HEADER = '"""Told to the learner."""\n\nEQUATION = "y = 0"\nHINT = 1\n'
CHECK = '''
"""A few cases are enough for what is tested here."""

from lessons.checking.case import Case
from lessons.cnn.conv2d.check import _bright_pixel, _tensors
from models.conv import conv2d

REFERENCE = conv2d


def cases(rng):
    yield Case("stride and bias", _tensors(rng, 1, 2, 4, 8, 11, 5, 3, bias=True), {"stride": 3})
    yield Case("padding and dilation", _tensors(rng, 2, 3, 1, 6, 5, 3, 2, bias=True), {"padding": 2, "dilation": 2})
    yield Case("a width that is drawn", _tensors(rng, 1, 2, 3, 4, DRAWN, 2, 3))
    yield Case("on the device of x", _tensors(rng, 2, 3, 4, 5, 4, 1, 2), {"stride": 2, "padding": 1}, meta=True)
    yield _bright_pixel(rng)
'''
WIDTH = "13 + int(rng.initial_seed()) % 2"  # 13 by the first of the linter's seeds, 14 by the others
WRONG_AT_13 = ("    return y if", "    y = y + (x.shape[3] == 13)\n    return y if")
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
    """conv2d with as many mistakes and variants as the linter asks for at least."""
    folder = tmp_path / "conv2d"
    shutil.copytree(conv2d.folder, folder, ignore=shutil.ignore_patterns("__pycache__", "mistakes", "variants"))
    (folder / "check.py").write_text(CHECK.replace("DRAWN", "13"))
    for kind, names in (("mistakes", MISTAKES), ("variants", VARIANTS)):
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
    assert [row["status"] for row in report["variants"]] == ["passed"] * 3


def test_a_mistake_that_survives_one_under_two_names_and_a_stub_that_breaks_are_told(
    content: Elsewhere, checked: Check, right_source: str
):
    stub = content.folder / "stub.py"
    stub.write_text(stub.read_text().replace("raise NotImplementedError", "raise ValueError"))
    mistakes = content.folder / "mistakes"
    (mistakes / "none_at_all.py").write_text(HEADER + right_source)
    shutil.copy(mistakes / "no_bias.py", mistakes / "bias_gone.py")
    report = checked(content)
    assert report["problems"][:2] == [
        "stub.py gives an answer, not missing: let it raise NotImplementedError",
        "mistakes/none_at_all.py survives: add a case that it fails",
    ]
    (alike,) = report["problems"][2:]
    assert alike.startswith("mistakes/bias_gone.py and mistakes/no_bias.py are alike on every case (seed ")
    assert alike.endswith("): add a case that tells them apart, or drop one")
    rows = {row["id"]: row for row in report["mistakes"]}
    assert rows["none-at-all"]["killed_by"] == []
    assert (rows["no-bias"]["named_as"], rows["no-bias"]["killed"]) == ("bias-gone", True)


def test_a_mistake_that_only_some_seeds_catch_survives(content: Elsewhere, checked: Check, right_source: str):
    """It is wrong for one width alone, and the width of the drawn case is that only by the first seed."""
    (content.folder / "check.py").write_text(CHECK.replace("DRAWN", WIDTH))
    (content.folder / "mistakes" / "wrong_at_13.py").write_text(HEADER + right_source.replace(*WRONG_AT_13))
    report = checked(content)
    assert report["problems"] == ["mistakes/wrong_at_13.py survives: add a case that it fails"]


def test_a_variant_that_fails_only_by_another_seed_is_told(content: Elsewhere, checked: Check, right_source: str):
    (content.folder / "check.py").write_text(CHECK.replace("DRAWN", f"27 - ({WIDTH})"))
    (content.folder / "variants" / "not_at_13.py").write_text(right_source.replace(*WRONG_AT_13))
    (problem,) = checked(content)["problems"]
    assert problem.startswith(
        "variants/not_at_13.py gives failed: a width that is drawn: the output is not right (seed "
    )


def test_a_mistake_that_keeps_a_state_between_checks_is_caught_but_has_no_name(
    content: Elsewhere, checked: Check, right_source: str
):
    """Its own process starts at 0, the one in which mistakes are looked up goes on counting."""
    counting = "CALLS = []\n" + right_source.replace(
        "    return y if", "    CALLS.append(1)\n    y = y + len(CALLS)\n    return y if"
    )
    (content.folder / "mistakes" / "counts_calls.py").write_text(HEADER + counting)
    report = checked(content)
    row = next(row for row in report["mistakes"] if row["id"] == "counts-calls")
    assert (row["killed"], row["named_as"]) == (True, None)
    assert report["problems"] == []
    assert any(note.startswith("mistakes/counts_calls.py is named as nothing: ") for note in report["notes"])


def test_a_mistake_that_breaks_or_takes_a_shortcut_cannot_be_observed(
    content: Elsewhere, checked: Check, right_source: str
):
    mistakes = content.folder / "mistakes"
    (mistakes / "never_loads.py").write_text(HEADER + right_source + "\n1 / 0\n")
    shortcut = (
        "from torch.nn import functional as F\n\n\ndef conv2d(x, w, b=None, *options):\n    return F.conv2d(x, w)\n"
    )
    (mistakes / "shortcut.py").write_text(HEADER + shortcut)
    report = checked(content)
    assert [problem.partition(" (")[0] for problem in report["problems"]] == [
        "mistakes/never_loads.py cannot be observed",
        "mistakes/shortcut.py cannot be observed",
    ]
    assert all(row["named_as"] == row["id"] for row in report["mistakes"] if row["observed"])


def test_a_mistake_that_changes_the_process_for_all_others_is_told(
    content: Elsewhere, checked: Check, right_source: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(torch, "einsum", torch.einsum)  # put back afterwards
    kept = "import torch\n\nKEPT = torch.einsum\n\n"
    leaving = right_source.replace(
        "    return y if", "    torch.einsum = lambda *given: 2.0 * KEPT(*given)\n    return y if"
    )
    (content.folder / "mistakes" / "doubles_einsum.py").write_text(HEADER + kept + leaving)
    report = checked(content)
    problems = report["problems"]
    assert (
        "mistakes/doubles_einsum.py leaves torch.einsum changed: let it be put back, in the file or by observe.py"
        in problems
    )
    assert all(row["named_as"] == row["id"] for row in report["mistakes"] if row["id"] != "doubles-einsum")
    assert any(
        problem.startswith("the reference is seen otherwise after the mistakes have run (") for problem in problems
    )


def test_cases_that_no_mistake_needs_are_named_by_their_numbers(content: Elsewhere, checked: Check):
    report = checked(content)
    on_the_device = report["cases"].index("on the device of x")
    assert report["alone"][on_the_device] == ["mistakes/result_on_the_cpu.py"]
    spare = "cases that kill nothing, and tell nothing apart, that no other does: 2"
    assert [number for number, alone in enumerate(report["alone"][:4]) if not alone] == [2]
    assert report["notes"] == [spare], "the last case is for what is fragile, and no mistake can spare it"


def test_two_cases_with_one_claim_are_told(content: Elsewhere, checked: Check):
    check = content.folder / "check.py"
    check.write_text(check.read_text().replace("padding and dilation", "stride and bias"))
    assert 'check.py: two cases claim "stride and bias": say what each of them shows' in (checked(content)["problems"])


def test_a_check_that_cannot_run_is_the_author_s_to_mend(content: Elsewhere, checked: Check):
    check = content.folder / "check.py"
    check.write_text(check.read_text() + '\nraise KeyError("padding")\n')
    report = checked(content)
    assert report["problems"] == ["it cannot be run (KeyError: 'padding'): mend check.py, observe.py or the reference"]
    assert (report["stub"], report["mistakes"]) == ("not run", [])


def test_where_the_shape_is_not_sound_nothing_is_run(content: Elsewhere, checked: Check):
    (content.folder / "observe.py").unlink()
    report = checked(content)
    assert report["problems"] == ["observe.py is missing: write it"]
    assert report["notes"] == ["Nothing of it was run yet: the rest is told when this is done."]
    assert report["stub"] == "not run"


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
    assert "stub.py gives an answer, not missing: let it raise NotImplementedError" in problems
    assert any(line.startswith("variants/half.py gives failed: ") for line in problems)
    assert any(line.startswith("oracle.py (torch's own layer) is not accepted: failed: ") for line in problems)
