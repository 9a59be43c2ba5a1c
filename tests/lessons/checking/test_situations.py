"""Submissions that break, cheat or only look strange: each has its verdict, and harms neither the next nor the machine.

A situation is a learner's file. Its first line tells the verdict, then what else has to be so:

    # failed; mistake: flipped-kernel; says: words of the message; prints: words of the output; seconds: the limit

"slow" at its end leaves it to `pytest -m slow`.
"""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from _pytest.mark import ParameterSet

from lessons.catalog import Exercise
from lessons.checking.confinement import MARK
from lessons.checking.examiner import Examiner

FOLDER = Path(__file__).parent / "situations"


def situations() -> Iterator[ParameterSet]:
    for path in sorted(FOLDER.glob("*.py")):
        slow = path.read_text().splitlines()[0].endswith("; slow")
        yield pytest.param(path, id=path.stem, marks=[pytest.mark.slow] if slow else [])


@pytest.mark.parametrize("situation", list(situations()))
def test_a_submission_gets_its_verdict_and_harms_nothing(
    situation: Path, examiner: Examiner, conv2d: Exercise, tmp_path: Path
):
    status, wanted = header(situation)
    limited = replace(examiner, seconds=float(wanted.get("seconds", examiner.seconds)))
    scratch = {examiner.runner.scratch}

    verdict = limited.examine(conv2d, workspace(situation, tmp_path / "theirs"))

    assert verdict.status == status, verdict
    assert verdict.mistake == wanted.get("mistake"), verdict
    assert wanted.get("says", "") in verdict.message
    assert wanted.get("prints", "") in verdict.stdout
    assert len(verdict.stdout) <= 64 << 10

    scratch.add(examiner.runner.scratch)
    assert len(alive(scratch)) == 1, "only the runner itself lives on"
    right = workspace(FOLDER / "right.py", tmp_path / "right")
    assert examiner.examine(conv2d, right).status == "passed"
    assert [folder for folder in scratch if Path(folder).exists()] == [examiner.runner.scratch]
    assert list(Path(examiner.runner.scratch).iterdir()) == []


def header(situation: Path) -> tuple[str, dict[str, str]]:
    first = situation.read_text().splitlines()[0].removeprefix("# ").removesuffix("; slow")
    status, *rest = first.split("; ")
    return status, dict(item.split(": ", 1) for item in rest)


def workspace(source: Path, root: Path) -> Path:
    (root / "cnn").mkdir(parents=True)
    shutil.copy(source, root / "cnn" / "conv.py")
    return root


def alive(scratch: set[str]) -> list[psutil.Process]:
    """Every process that a runner started, however it has hidden: its environment tells."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get(MARK) in scratch:
                found.append(process)
    return found
