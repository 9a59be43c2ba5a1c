"""A known file is seen alike on its learner's way and in this process, and alike alone and after others."""

from pathlib import Path

import pytest
import torch

from lessons.catalog import Exercise, curriculum
from lessons.checking.assignment import Assignment
from lessons.checking.examiner import Examiner
from lessons.checking.observations import Seen, agree
from lessons.checking.runner_handle import Run
from lessons.checking.trial import SEED
from lessons.solutions import write_solutions

LEAVING = """import torch

torch.einsum = lambda *given, kept=torch.einsum: 2.0 * kept(*given)
torch.nn.functional.pad = None
"""
NOISY = ("    return y if", "    y = y + torch.randn(())\n    return y if")
HANGING = ("    return y if", "    while True: pass\n    return y if")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_solutions(tmp_path)
    return tmp_path.resolve()


def in_turn(
    examiner: Examiner, exercise: Exercise, root: Path, files: list[Path], most: int
) -> list[list[Seen] | None]:
    """What is seen of each file on all cases that need no other part, `most` of them in one process."""
    assignment = examiner.assignment(exercise)
    cases = [case for case in assignment.cases(SEED) if not case.learner_parts]
    runs = [Run(file, range(len(cases)), range(len(cases))) for file in files]
    reports = examiner.seen_in_turn(assignment, runs, root, cases, most)
    assert len(reports) == len(files)
    return [report.seen["cases"] if report.seen else None for report in reports]


@pytest.mark.parametrize("exercise", curriculum().exercises, ids=lambda exercise: exercise.id)
def test_both_ways_show_the_same_of_every_exercise(examiner: Examiner, root: Path, exercise: Exercise):
    """The reference and a mistake, each on all cases; what is a matter of chance would differ."""
    assignment = Assignment(exercise)
    cases = [case for case in assignment.cases(SEED) if not case.learner_parts]
    mistake = assignment.mistakes[0]
    here = [assignment.expected(cases), assignment.seen_of_known(mistake, cases)]
    forked = in_turn(examiner, exercise, root, [root / exercise.file, mistake.path], 2)
    for ours, theirs in zip(here, forked, strict=True):
        assert theirs is not None
        assert [case.claim for case, one, other in zip(cases, ours, theirs, strict=True)
                if not agree(case, one, other)] == []  # fmt: skip


def written(folder: Path, **sources: str) -> list[Path]:
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(source)
    return [folder / f"{name}.py" for name in sources]


def are_alike(one: list[Seen] | None, other: list[Seen] | None, examiner: Examiner, exercise: Exercise) -> bool:
    cases = examiner.assignment(exercise).cases(SEED)
    return one is not None and other is not None and all(map(agree, cases, one, other))


def test_a_file_that_leaves_torch_changed_alters_nothing_for_the_next(
    examiner: Examiner, conv2d: Exercise, root: Path, tmp_path: Path, right_source: str
):
    leaving, right = written(tmp_path, leaving=LEAVING + right_source, right=right_source)
    alone = in_turn(examiner, conv2d, root, [leaving, right, right], 1)
    shared = in_turn(examiner, conv2d, root, [leaving, right, right], 3)
    assert not are_alike(alone[0], alone[1], examiner, conv2d), "it does what it should not"
    assert all(are_alike(one, other, examiner, conv2d) for one, other in zip(alone, shared, strict=True))


def test_each_file_in_one_process_draws_the_same_random_numbers(
    examiner: Examiner, conv2d: Exercise, root: Path, tmp_path: Path, right_source: str
):
    noisy, right = written(tmp_path, noisy=right_source.replace(*NOISY), right=right_source)
    first, second, correct = in_turn(examiner, conv2d, root, [noisy, noisy, right], 3)
    assert are_alike(first, second, examiner, conv2d)
    assert not are_alike(first, correct, examiner, conv2d)


def test_a_file_that_hangs_or_ends_its_process_takes_no_other_with_it(
    examiner: Examiner, conv2d: Exercise, root: Path, tmp_path: Path, right_source: str, monkeypatch: pytest.MonkeyPatch
):
    files = written(
        tmp_path, right=right_source, hanging=right_source.replace(*HANGING), ending="import os\n\nos._exit(3)\n"
    )
    monkeypatch.setattr(examiner, "seconds", 3.0)
    right, hanging, ending, again = in_turn(examiner, conv2d, root, [*files, files[0]], 4)
    assert (hanging, ending) == (None, None)
    assert are_alike(right, again, examiner, conv2d)


def test_a_shortcut_in_one_file_is_no_shortcut_of_the_next(
    examiner: Examiner, conv2d: Exercise, root: Path, tmp_path: Path, right_source: str
):
    taken, right = written(
        tmp_path,
        taken="import torch\n\n\ndef conv2d(x, w, *rest, **options):\n    return torch.nn.functional.conv2d(x, w)\n",
        right=right_source,
    )
    assignment = examiner.assignment(conv2d)
    cases = assignment.cases(SEED)[:2]
    reports = examiner.seen_in_turn(assignment, [Run(file, [0, 1], [1]) for file in (taken, right)], root, cases)
    assert [report.seen and report.seen["shortcut"] for report in reports] == ["torch.nn.functional.conv2d", None]
    assert torch.is_grad_enabled()
