"""Examines one submission: runs it beside the learner's world, compares what was seen, and words the verdict."""

import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from torch import Tensor

from lessons.catalog import Exercise
from lessons.checking import wording
from lessons.checking.assignment import Assignment, as_request
from lessons.checking.case import Case
from lessons.checking.conventions import Declared, NotDeclared, declared_in
from lessons.checking.observations import Difference, Seen, first_difference
from lessons.checking.recognition import recognise, written_by
from lessons.checking.reproduction import reproduction
from lessons.checking.runner_handle import Report, Run, RunnerHandle, Submission
from lessons.checking.shrinking import Differences, numbers, shrunk
from lessons.checking.submitted_file import parts_are_written, place_in, unjudged
from lessons.checking.verdict import TIME_LIMIT_S, Verdict

MOST = 0.8
MOST_IN_TURN = 12  # a fork costs what half a file does; a shared one that breaks is paid twice
QUICK_S = 1.0  # whose code takes longer does not wait for a smaller case


@dataclass
class Examiner:
    """Judges exercises of one workspace after another; holds the runner that it was given."""

    runner: RunnerHandle
    seconds: float = TIME_LIMIT_S
    assignments: dict[tuple[str, Declared], Assignment] = field(default_factory=dict)
    waiting: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    told: Difference | None = None  # of the last verdict: what it tells by an input, if it does

    def assignment(self, exercise: Exercise, declared: Declared = ()) -> Assignment:
        return self.assignments.setdefault((exercise.id, declared), Assignment(exercise, declared))

    def examine(self, exercise: Exercise, root: Path, file: Path | None = None, seed: int | None = None) -> Verdict:
        """The verdict on `file` (by default the workspace's own) as a solution of `exercise`."""
        begun, self.told = time.monotonic(), None
        seed = random.SystemRandom().randrange(1 << 31) if seed is None else seed
        root = root.resolve()
        verdict = self._verdict(exercise, root, (file or root / exercise.file).absolute(), seed)
        return replace(verdict, seed=seed, seconds=round(time.monotonic() - begun, 3))

    def seen_of(
        self, assignment: Assignment, path: Path, root: Path, cases: list[Case], trusted: bool = False
    ) -> Report:
        """What is observed when `path` stands in for the exercise's file."""
        return self._seen_alone(_submission(assignment, root, trusted), Run(path, *[range(len(cases))] * 2), cases)

    def seen_in_turn(
        self, assignment: Assignment, runs: Sequence[Run], root: Path, cases: list[Case], most: int = MOST_IN_TURN
    ) -> list[Report]:
        """The same of files of ours, of which `most` share a process where they leave it as it was.

        Where a process does not end well, nothing of it counts: each of its files has one of its own.
        """
        submission, reports = _submission(assignment, root), []
        while len(reports) < len(runs):
            shared = runs[len(reports) : len(reports) + most]
            seen = self.runner.run_in_turn(submission, shared, [as_request(case) for case in cases], self.seconds)
            reports += seen or [self._seen_alone(submission, run, cases) for run in shared]
        return reports

    def _seen_alone(self, submission: Submission, run: Run, cases: list[Case]) -> Report:
        return self.runner.run(submission, run, [as_request(case) for case in cases], self.seconds)

    def _verdict(self, exercise: Exercise, root: Path, file: Path, seed: int) -> Verdict:
        without_a_run = unjudged(exercise, root, file)
        if without_a_run:
            return without_a_run
        try:
            assignment = self.assignment(exercise, declared_in(exercise, file.read_bytes()))
        except NotDeclared as wrong:
            return Verdict(exercise.id, "error", f"{place_in(file, root)}: {wrong}.")
        cases = [case for case in assignment.cases(seed) if parts_are_written(case, root)]
        running = self.waiting.submit(self.seen_of, assignment, file, root, cases)
        expected = assignment.expected(cases)  # meanwhile, on another core
        report = running.result()
        again = partial(self._differences, assignment, root, file) if report.seconds < QUICK_S else None
        return self.verdict_on(assignment, root, cases, expected, report, again)

    def verdict_on(
        self,
        assignment: Assignment,
        root: Path,
        cases: list[Case],
        expected: list[Seen],
        report: Report,
        again: Differences | None = None,
    ) -> Verdict:
        """The verdict on what came back of a run: that it broke, or what its observations say.

        `again` tells where it differs on other cases, so that a failing one can be made small.
        """
        broken = wording.of_a_broken_run(assignment.exercise, report, root, self.seconds)
        if broken:
            return replace(broken, stdout=report.stdout)
        assert report.seen is not None
        verdict, self.told = judged(assignment, root, cases, expected, report.seen["cases"], again)
        return replace(verdict, stdout=report.stdout, learner_seconds=round(report.seen["seconds"], 3))

    def script(self, exercise: Exercise, root: Path, file: Path | None, verdict: Verdict) -> str | None:
        """A program that repeats what the last verdict told; None where no input shows it."""
        if self.told is None:
            return None
        root = root.resolve()
        return reproduction(
            self.assignment(exercise), root, (file or root / exercise.file).absolute(), self.told, verdict.seed
        )

    def _differences(
        self, assignment: Assignment, root: Path, file: Path, cases: list[Case]
    ) -> list[Difference | None]:
        """Where each case differs that the reference can take; None of the others, and of all if the run breaks."""
        rows = list(zip(cases, assignment.expected(cases), strict=True))
        usable = [(case, right) for case, right in rows if all(map(_is_finite, right))]
        report = self.seen_of(assignment, file, root, [case for case, _ in usable])
        if report.seen is None or report.seen["broken"] or report.seen["shortcut"]:
            return []
        return [
            first_difference(case, row, seen) for (case, row), seen in zip(usable, report.seen["cases"], strict=True)
        ]


def judged(
    assignment: Assignment,
    root: Path,
    cases: list[Case],
    expected: list[Seen],
    seen: list[Seen],
    again: Differences | None = None,
) -> tuple[Verdict, Difference | None]:
    """Passed, another convention, fragile, or wrong: by name if a known mistake is seen to do the same.

    Beside it the difference that the verdict tells, unless it counts in full.
    """
    exercise = assignment.exercise
    found = [first_difference(*row) for row in zip(cases, expected, seen, strict=True)]
    differences = [difference for difference in found if difference]
    if not differences:
        return wording.of_a_pass(exercise), None
    if all(difference.case.learner_parts for difference in differences):
        telling = smallest(differences)
        return wording.of_wrong_parts(exercise, telling), telling
    conventions = tuple(variant for variant in assignment.variants if variant.citation)
    convention = recognise(assignment, conventions, cases, seen, found)
    if convention:
        return wording.of_a_variant(exercise, convention), None
    if all(difference.case.extreme for difference in differences):
        telling = smallest(differences)
        return wording.of_a_fragile_one(exercise, telling), telling
    named = recognise(assignment, assignment.mistakes, cases, seen, found)
    written = None if named else written_by(assignment, cases, seen, found)
    if written:
        telling = smallest(differences)
        return wording.of_another_declaration(exercise, assignment.declared, written, telling), telling
    own = [difference for difference in differences if not difference.case.learner_parts]
    everywhere = len(own) >= MOST * sum(not case.learner_parts for case in cases)
    # What is wrong nearly everywhere is no matter of the smallest case; cases begin with the plainest.
    telling = own[0] if everywhere else smallest_of_a_kind(own)
    telling = shrunk(telling, again) if again else telling
    verdict = wording.of_a_failure(exercise, telling, named, (len(differences), len(cases)), everywhere, root)
    return verdict, telling


def _submission(assignment: Assignment, root: Path, trusted: bool = False) -> Submission:
    exercise = assignment.exercise
    return Submission(root, assignment.module, exercise.symbols, assignment.observer, exercise.denied, trusted)


def smallest_of_a_kind(differences: list[Difference]) -> Difference:
    """The smallest that differs as the first of them without an exception does, or as the first does.

    A batch of one may raise what says nothing of the values that are wrong in all larger ones.
    """
    first = next((each for each in differences if not each.raised), differences[0])
    return smallest([each for each in differences if (each.raised is None) == (first.raised is None)])


def smallest(differences: list[Difference]) -> Difference:
    """The failing case with the fewest numbers in it: the one to think about."""
    return min(differences, key=lambda difference: numbers(difference.case))


def _is_finite(observation: list[Any]) -> bool:
    """Whether the reference can take the case: a variance of one number, for one, is not a number."""
    name, value = observation
    return name != "raised" and (not isinstance(value, Tensor) or value.is_meta or bool(value.isfinite().all()))
