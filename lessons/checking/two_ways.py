"""Known files go two ways: a learner's, forked and watched for shortcuts, and the judge's, in this process.

On the first they are told a verdict; on the second they are looked up when a learner's mistake is named. A mistake is
named here only if both agree. Files of ours share a fork as long as each leaves it as it was (`slate`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lessons.checking import wording
from lessons.checking.assignment import KnownFile
from lessons.checking.case import Case
from lessons.checking.examiner import MOST_IN_TURN, Examiner
from lessons.checking.kept_assignment import KeptAssignment
from lessons.checking.observations import Seen, agree, first_difference
from lessons.checking.runner_handle import Report, Run
from lessons.checking.slate import Slate
from lessons.checking.verdict import Verdict

FORKED_IN_TURN = 3  # one of three cases is put to a mistake on its learner's way, to each mistake other ones


@dataclass(frozen=True)
class TwoWays:
    """The files of one exercise, in a workspace in which every exercise is solved by its reference."""

    assignment: KeptAssignment
    examiner: Examiner
    root: Path
    left_changed: dict[str, list[str]] = field(default_factory=dict)  # by a mistake, for all that runs after it

    def of_variants(self, cases: list[Case]) -> dict[Path, Verdict]:
        """What each is told on its learner's way, on every case: a right file must pass the watch on all of them."""
        known = {variant.path: variant for variant in self.assignment.variants}
        runs = [_run(path, range(len(cases))) for path in known]
        reports = {run.file: report for run, report in self._on_their_way(runs, cases)}
        return {file: self._verdict(known[file], cases, report, None) for file, report in reports.items()}

    def of_mistakes(self, cases: list[Case], before: Case) -> dict[Path, Verdict]:
        """What each is told; what breaks on its learner's way is left out of all that follows.

        Of its learner's way one case of three is seen, and one at least that kills it; the others count as they are
        seen in this process, where all of them are put to it. There `before` is first: what a file keeps from call to
        call shows only where it has been before. Where the two ways show something else, all cases go the learner's.
        """
        every, mistakes = range(len(cases)), self.assignment.mistakes
        numbers = [every[turn % FORKED_IN_TURN :: FORKED_IN_TURN] for turn in range(len(mistakes))]
        runs = [_run(mistake.path, some) for mistake, some in zip(mistakes, numbers, strict=True)]
        known, slate = {mistake.path: mistake for mistake in mistakes}, Slate(alone=False)
        reports: dict[Path, Report] = {}
        rows: dict[Path, list[Seen]] = {}
        for run, report in self._on_their_way(runs, cases):
            reports[run.file] = report
            if run.file not in self.assignment.unusable:  # while the next ones are on their way, on another core
                self._looked_up(known[run.file], [before])
                rows[run.file] = _with_forked(self._looked_up(known[run.file], cases), run, report)
                self._look_for_changes(known[run.file], slate)
        again = [run for each in runs if each.file in rows for run in self._killer(known[each.file], cases, each, rows)]
        for run in runs:  # what keeps something from case to case is seen as a learner's only where all cases are put
            if run.file in rows and self._is_seen_otherwise(known[run.file], rows[run.file], cases):
                again = [each for each in again if each.file != run.file] + [_run(run.file, every)]
        for run, report in self._on_their_way(again, cases):
            if run.file in self.assignment.unusable:
                reports[run.file] = report
            else:
                rows[run.file] = _with_forked(rows[run.file], run, report)
        return {file: self._verdict(known[file], cases, report, rows.get(file)) for file, report in reports.items()}

    def _on_their_way(self, runs: Sequence[Run], cases: list[Case]) -> Iterator[tuple[Run, Report]]:
        shares = [runs[first : first + MOST_IN_TURN] for first in range(0, len(runs), MOST_IN_TURN)]
        waiting = [
            self.examiner.waiting.submit(self.examiner.seen_in_turn, self.assignment, share, self.root, cases)
            for share in shares
        ]
        for share, future in zip(shares, waiting, strict=True):
            for run, report in zip(share, future.result(), strict=True):
                if self._is_broken(report):
                    self.assignment.unusable.add(run.file)
                yield run, report

    def _verdict(self, file: KnownFile, cases: list[Case], report: Report, row: list[Seen] | None) -> Verdict:
        """By the conventions that the file itself declares."""
        own = self.assignment.by_its_own(file)
        whole = replace(report, seen={**(report.seen or {}), "cases": row}) if row else report
        return self.examiner.verdict_on(own, self.root, cases, own.expected(cases), whole)

    def _looked_up(self, file: KnownFile, cases: list[Case]) -> list[Seen]:
        return self.assignment.by_its_own(file).seen_of_known(file, cases)

    def _is_seen_otherwise(self, mistake: KnownFile, row: list[Seen], cases: list[Case]) -> bool:
        return not all(map(agree, cases, row, self._looked_up(mistake, cases)))

    def _killer(self, mistake: KnownFile, cases: list[Case], run: Run, rows: dict[Path, list[Seen]]) -> Iterator[Run]:
        """One more case for a mistake that none has killed on its learner's way: the first that kills it here."""
        expected = self.assignment.by_its_own(mistake).expected(cases)
        differs = [
            number
            for number, (case, right, seen) in enumerate(zip(cases, expected, rows[run.file], strict=True))
            if first_difference(case, right, seen)
        ]
        if differs and not set(differs) & set(run.cases):
            yield _run(run.file, differs[:1])

    def _is_broken(self, report: Report) -> bool:
        """Whether a file cannot be observed at all."""
        exercise, seconds = self.assignment.exercise, self.examiner.seconds
        return wording.of_a_broken_run(exercise, report, self.root, seconds) is not None

    def _look_for_changes(self, mistake: KnownFile, slate: Slate) -> None:
        changes = slate.changes()
        if changes:
            self.left_changed[mistake.id] = changes


def _run(file: Path, numbers: Sequence[int]) -> Run:
    """Watched for shortcuts on every case that goes this way."""
    return Run(file, numbers, numbers)


def _with_forked(row: list[Seen], run: Run, report: Report) -> list[Seen]:
    """What was seen on the learner's way in the place of what was seen of the same cases here."""
    assert report.seen is not None
    forked = dict(zip(run.cases, report.seen["cases"], strict=True))
    return [forked.get(number, seen) for number, seen in enumerate(row)]
