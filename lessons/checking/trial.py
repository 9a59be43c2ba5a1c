"""Everything that is known of one exercise, observed as a learner's code is, and again over several seeds.

Each file goes the learner's way once: forked, confined, watched for shortcuts. The other seeds run in this process, as
they do when a learner's mistake is looked up, and everything that was seen is kept: each mistake is compared with all.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from lessons.checking import wording
from lessons.checking.assignment import Assignment, KnownFile
from lessons.checking.case import Case
from lessons.checking.conventions import Declared, apart, declared_in, others
from lessons.checking.examiner import Examiner
from lessons.checking.observations import Seen, first_difference
from lessons.checking.runner_handle import Report
from lessons.checking.separation import Separation, separate, settled
from lessons.checking.verdict import Verdict

SHORTEST_S = 1e-3  # what a case costs at least, however little it computes
SEED, *OTHER_SEEDS = SEEDS = (20_151_210, 16_031_207, 15_020_303)  # any must do; fixed, so that a red linter repeats


@dataclass(frozen=True)
class KeptAssignment(Assignment):
    """An assignment that runs a known file once for each case, however often it is asked."""

    _made: dict[int, list[Case]] = field(default_factory=dict)
    _kept: dict[tuple[Path | None, Declared, int], Seen] = field(default_factory=dict)
    unusable: set[Path] = field(default_factory=set)  # what cannot be observed is like nothing

    @property
    def mistakes(self) -> tuple[KnownFile, ...]:
        return tuple(mistake for mistake in super().mistakes if mistake.path not in self.unusable)

    @property
    def variants(self) -> tuple[KnownFile, ...]:
        return tuple(variant for variant in super().variants if variant.path not in self.unusable)

    def cases(self, seed: int) -> list[Case]:
        if seed not in self._made:
            self._made[seed] = super().cases(seed)
        return self._made[seed]

    def expected(self, cases: list[Case]) -> list[Seen]:
        for case in cases:
            if (None, self.declared, id(case)) not in self._kept:
                self._kept[None, self.declared, id(case)] = super().expected([case])[0]
        return [self._kept[None, self.declared, id(case)] for case in cases]

    def seen_of_known(self, known: KnownFile, cases: list[Case]) -> list[Seen]:
        for case in cases:
            if (known.path, self.declared, id(case)) not in self._kept:
                self._kept[known.path, self.declared, id(case)] = super().seen_of_known(known, [case])[0]
        return [self._kept[known.path, self.declared, id(case)] for case in cases]

    def cost_of(self, cases: list[Case]) -> Callable[[int], float]:
        """Seconds that each case, by its number, takes the reference."""
        seconds = []
        for case in cases:
            begun = time.thread_time()
            super().expected([case])
            seconds.append(max(time.thread_time() - begun, SHORTEST_S))
        return lambda number: seconds[number]

    def expected_anew(self, cases: list[Case]) -> list[Seen]:
        return super().expected(cases)


@dataclass(frozen=True)
class Trial:
    """One exercise, its examiner, and a workspace in which every exercise is solved by its reference."""

    assignment: KeptAssignment
    examiner: Examiner
    root: Path

    def cases(self, seed: int = SEED) -> list[Case]:
        """Those that a mistake is named by. The others need the learner's own parts, and are put on their way only."""
        return [case for case in self.assignment.cases(seed) if not case.learner_parts]

    def verdicts(self, files: Sequence[KnownFile], cases: list[Case], in_turn: int = 1) -> dict[Path, Verdict]:
        """What each file is told on its learner's way; one that breaks there is left out of all that follows.

        `in_turn`: of as many cases one is watched for shortcuts, for each file other ones. To watch is most of the
        time; a right file must pass it on every case, a wrong one has only to be seen under it.
        """
        running = [
            self.examiner.waiting.submit(
                self.examiner.seen_of, self.assignment, file.path, self.root, cases,
                watched=range(number % in_turn, len(cases), in_turn),
            )
            for number, file in enumerate(files)
        ]  # fmt: skip
        reports: dict[Path, Report] = {}
        for file, future in zip(files, running, strict=True):
            reports[file.path] = future.result()
            if self._broken(reports[file.path]):
                self.assignment.unusable.add(file.path)
            else:  # while the next one is on its way, on another core
                self._look_up(file)
        return {  # only now: a name is found by comparing with every other
            file.path: self._verdict_on(file, cases, reports[file.path]) for file in files
        }

    def _verdict_on(self, file: KnownFile, cases: list[Case], report: Report) -> Verdict:
        assignment = self._by_its_own(file)
        return self.examiner.verdict_on(assignment, self.root, cases, assignment.expected(cases), report)

    def _by_its_own(self, file: KnownFile) -> KeptAssignment:
        """The assignment by the conventions that a file declares."""
        return self.assignment.declaring(declared_in(self.assignment.exercise, file.path.read_bytes()))

    def separation(self) -> Separation:
        """Of all mistakes that could be observed, and of the conventions, for which a mistake must not be taken."""
        return self._separation(SEED, range(len(self.cases())), self._all_known())

    def separations_by_other_seeds(self, first: Separation) -> dict[int, Separation]:
        """The same by as few cases as settle everything, those first that settle most in the shortest time."""
        files = {label(known): known for known in self._all_known()}
        order = first.enough(self.assignment.cost_of(self.cases()))
        order += [number for number in range(len(self.cases())) if number not in order]

        def put(seed: int, number: int, labels: list[str]) -> Separation:
            return self._separation(seed, [number], [files[each] for each in labels])

        return {seed: settled(list(files), order, partial(put, seed)) for seed in OTHER_SEEDS}

    def variants_that_fail(self, variants: Sequence[KnownFile]) -> dict[str, str]:
        """By the other seeds, those that claim no convention of their own: what differs, in words."""
        return {
            variant.id: difference
            for variant in variants
            for seed in OTHER_SEEDS
            if not variant.citation and variant.path not in self.assignment.unusable
            if (difference := self._difference_of(variant, seed))
        }

    def _difference_of(self, variant: KnownFile, seed: int) -> str | None:
        assignment = self._by_its_own(variant)
        return self._difference(seed, assignment.seen_of_known(variant, self.cases(seed)), assignment)

    def declarations_alike(self) -> list[str]:
        """What could be declared besides the stub's and is never told from it: then a declaration says nothing."""
        declared, cases = self.assignment.declared, self.cases()
        return [
            " and ".join(apart(declared, other))
            for other in others(self.assignment.exercise, declared)
            if not any(
                first_difference(
                    case, *self.assignment.expected([case]), *self.assignment.declaring(other).expected([case])
                )
                for case in cases
            )
        ]

    def oracle(self) -> str | None:
        """Torch's own layer under the exercise's name; it is made of what a learner may not use, so it is trusted."""
        oracle = self.assignment.oracle
        if oracle is None:
            return None
        for seed in SEEDS:
            report = self.examiner.seen_of(self.assignment, oracle, self.root, self.cases(seed), trusted=True)
            if report.seen is None or report.seen["broken"]:
                return "error"
            difference = self._difference(seed, report.seen["cases"])
            if difference:
                return f"failed: {difference}"
        return "passed"

    def stub(self) -> str:
        """What the stub does when it runs; `examine` would know it by its text, and run nothing."""
        seen = self.examiner.seen_of(self.assignment, self.assignment.exercise.stub, self.root, self.cases()).seen
        if seen is None or seen["broken"]:
            return "error"
        first = [case[0][1] for case in seen["cases"]]
        unwritten = [isinstance(value, dict) and value.get("~raised") == "NotImplementedError" for value in first]
        return "missing" if all(unwritten) else "an answer"

    def left_behind(self) -> str | None:
        """What the reference does otherwise after all these files have run in the same process, if anything."""
        return self._difference(SEED, self.assignment.expected_anew(self.cases()))

    def _all_known(self) -> list[KnownFile]:
        conventions = [variant for variant in self.assignment.variants if variant.citation]
        return [*conventions, *self.assignment.mistakes]

    def _separation(self, seed: int, numbers: Iterable[int], files: Sequence[KnownFile]) -> Separation:
        cases = {number: self.cases(seed)[number] for number in numbers}
        chosen = list(cases.values())
        seen = {label(known): self.assignment.seen_of_known(known, chosen) for known in files}
        return separate(cases, self.assignment.expected(chosen), seen)

    def _difference(self, seed: int, seen: list[Seen], assignment: Assignment | None = None) -> str | None:
        """Where the reference is seen otherwise, in words."""
        cases = self.cases(seed)
        rows = zip(cases, (assignment or self.assignment).expected(cases), seen, strict=True)
        found = next((difference for row in rows if (difference := first_difference(*row))), None)
        return f"{found.case.claim}: {found.sentence} (seed {seed})" if found else None

    def _look_up(self, file: KnownFile) -> None:
        """Run it here on every case, as when a learner's mistake is compared with it.

        Not first of all: what it keeps from call to call shows only in a process where it has been before.
        """
        self._by_its_own(file).seen_of_known(file, self.cases(OTHER_SEEDS[0])[:1])
        self._by_its_own(file).seen_of_known(file, self.cases())

    def _broken(self, report: Report) -> bool:
        """Whether a file cannot be observed at all."""
        exercise, seconds = self.assignment.exercise, self.examiner.seconds
        return wording.of_a_broken_run(exercise, report, self.root, seconds) is not None


def label(known: KnownFile) -> str:
    """mistakes/no_bias.py"""
    return f"{known.path.parent.name}/{known.path.name}"
