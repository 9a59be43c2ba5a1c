"""What a quick verb loads. Torch takes seconds and most of a gigabyte: only the children that compute pay for it."""

import subprocess
import sys

import pytest

HEAVY = ("torch", "torchvision", "sklearn", "numpy", "jaxtyping", "PIL", "scipy")
LIGHT = (
    "tutor.cli", "tutor.entry", "tutor.standing", "tutor.contract", "tutor.checking", "tutor.trainer_client",
    "tutor.reverification", "tutor.following", "tutor.demonstration", "tutor.workspace", "tutor.console",
    "tutor.self_checking", "tutor.feature_question", "tutor.drawing.standing", "tutor.drawing.run_card",
    "lessons.catalog", "lessons.fingerprint", "lessons.solutions", "lessons.checking.verdict",
    "models.runs", "models.presets", "models.data_store", "models.metrics",
    "progress.evidence", "progress.criteria", "progress.record",
)  # fmt: skip
ALONE = ("tutor.cli", "tutor.standing", "lessons.catalog", "lessons.fingerprint", "models.runs", "models.presets",
         "models.data_store", "progress.evidence")  # fmt: skip


def loaded_by(code: str, *suspects: str) -> list[str]:
    """Which of the suspects a fresh interpreter has loaded after this code."""
    probe = f"import sys; {code}; print(*sorted(set({suspects!r}) & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()[-1].split()


@pytest.mark.parametrize("module", ALONE)
def test_each_of_these_alone_loads_neither_torch_nor_numpy(module):
    assert loaded_by(f"import {module}", *HEAVY) == []


def test_all_that_a_verb_needs_together_loads_neither_torch_nor_numpy():
    assert loaded_by(f"import {', '.join(LIGHT)}", *HEAVY) == []


def test_the_app_loads_no_torch():
    assert loaded_by("import tutor.app", "torch", "torchvision", "sklearn") == []


@pytest.mark.parametrize("verb", [["status"], ["status", "--json"], ["data", "list"], ["runs"], ["hint", "cnn/conv2d"],
                                  ["lesson", "cnn/convolution"]])  # fmt: skip
@pytest.mark.usefixtures("workspace")
def test_a_quick_verb_loads_no_torch_no_numpy_and_no_textual(verb):
    assert loaded_by(f"from tutor.cli import main; main({verb!r})", "textual", "plotext", *HEAVY) == []


def test_reading_the_record_needs_no_lock_and_no_screen():
    assert loaded_by("import progress.evidence", "filelock", "textual", "rich", "typer") == []
