"""Everything that is known of one exercise, observed over several seeds and compared: each mistake with all others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lessons.checking.assignment import KnownFile
from lessons.checking.case import Case
from lessons.checking.conventions import apart, others
from lessons.checking.examiner import Examiner
from lessons.checking.kept_assignment import KeptAssignment
from lessons.checking.observations import Seen, first_difference
from lessons.checking.separation import Separation, separate, settled

SEED, *OTHER_SEEDS = SEEDS = (20_151_210, 16_031_207, 15_020_303)  # any must do; fixed, so that a red linter repeats


@dataclass(frozen=True)
class Trial:
    """One exercise, its examiner, and a workspace in which every exercise is solved by its reference."""

    assignment: KeptAssignment
    examiner: Examiner
    root: Path

    def cases(self, seed: int = SEED) -> list[Case]:
        """Those that a mistake is named by. The others need the learner's own parts, and are put on their way only."""
        return [case for case in self.assignment.cases(seed) if not case.learner_parts]

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
        assignment = self.assignment.by_its_own(variant)
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
        return [*self.assignment.conventions, *self.assignment.mistakes]

    def _separation(self, seed: int, numbers: Iterable[int], files: Sequence[KnownFile]) -> Separation:
        cases = {number: self.cases(seed)[number] for number in numbers}
        chosen = list(cases.values())
        seen = {label(known): self.assignment.seen_of_known(known, chosen) for known in files}
        return separate(cases, self.assignment.expected(chosen), seen)

    def _difference(self, seed: int, seen: list[Seen], assignment: KeptAssignment | None = None) -> str | None:
        """Where the reference is seen otherwise, in words."""
        cases = self.cases(seed)
        rows = zip(cases, (assignment or self.assignment).expected(cases), seen, strict=True)
        found = next((difference for row in rows if (difference := first_difference(*row))), None)
        return f"{found.case.claim}: {found.sentence} (seed {seed})" if found else None


def label(known: KnownFile) -> str:
    """mistakes/no_bias.py"""
    return f"{known.path.parent.name}/{known.path.name}"
