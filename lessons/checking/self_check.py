"""The checker checks itself: every stub fails, every reference passes, every mistake is caught and named.

Also the linter of an exercise's content: what is missing is told with its file and what to add.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lessons.authoring.blank_report import blank_report
from lessons.catalog import Exercise
from lessons.checking.assignment import KnownFile
from lessons.checking.case import Case
from lessons.checking.conventions import first_of_each
from lessons.checking.examiner import Examiner
from lessons.checking.kept_assignment import KeptAssignment
from lessons.checking.separation import Separation
from lessons.checking.trial import OTHER_SEEDS, SEED, Trial, label
from lessons.checking.two_ways import TwoWays
from lessons.checking.verdict import Verdict
from lessons.solutions import write_solutions


def self_check(exercise: Exercise, examiner: Examiner) -> dict[str, Any]:
    """Everything that is known of one exercise, sent through the check as if a learner had written it."""
    begun = time.monotonic()
    report, can_run = blank_report(exercise)
    if can_run:
        try:
            _try(exercise, examiner, report)
        except Exception as error:  # in the author's check.py, observe.py or reference: theirs to mend, not ours
            words = f"{type(error).__name__}: {error}".splitlines()[0]
            report["problems"].append(f"it cannot be run ({words}): mend check.py, observe.py or the reference")
    report["seconds"] = round(time.monotonic() - begun, 2)
    return report


def _try(exercise: Exercise, examiner: Examiner, report: dict[str, Any]) -> None:
    """Run all of it, and write what was found into the report."""
    assignment = KeptAssignment(exercise, first_of_each(exercise))
    mistakes, variants = assignment.mistakes, assignment.variants
    with tempfile.TemporaryDirectory(prefix="phase3-self-") as folder:
        trial = Trial(assignment, examiner, Path(folder).resolve())
        write_solutions(trial.root)
        report["cases"] = [case.claim for case in trial.cases()]
        report["stub"] = trial.stub()
        report["reference"] = examiner.examine(exercise, trial.root, None, SEED).status
        report["oracle"] = trial.oracle()
        ways = TwoWays(assignment, examiner, trial.root)
        verdicts = ways.of_variants(assignment.cases(SEED))
        verdicts |= ways.of_mistakes(trial.cases(), trial.cases(OTHER_SEEDS[0])[0])
        first = trial.separation()
        separations = {SEED: first, **trial.separations_by_other_seeds(first)}
        failing, left = trial.variants_that_fail(variants), trial.left_behind()
    report["mistakes"] = [_mistake(known, verdicts[known.path], separations) for known in mistakes]
    report["variants"] = [_variant(known, verdicts[known.path], failing.get(known.id)) for known in variants]
    report["alone"] = [first.alone(number) for number in range(len(report["cases"]))]
    report["problems"] += [*_verdict_problems(report), *_likeness_problems(separations)]
    report["problems"] += [
        f"no case tells {alike}: add one, or take that value out of `conventions`"
        for alike in trial.declarations_alike()
    ]
    report["problems"] += _change_problems(ways.left_changed)
    report["spare"] = _spare(trial.cases(), first)
    report["notes"] += [*_nameless(report), *_spare_notes(report)]
    if left:
        report["problems"].append(f"the reference is seen otherwise after the mistakes have run ({left}): "
                                  "a mistake leaves something behind, take it back in observe.py")  # fmt: skip


def _mistake(known: KnownFile, verdict: Verdict, separations: dict[int, Separation]) -> dict[str, Any]:
    """Killed and named only if it is by every seed."""
    killers = [separation.killed_by.get(label(known)) for separation in separations.values()]
    return {
        "id": known.id,
        "status": verdict.status,
        "killed": not verdict.done and all(cases is None or cases for cases in killers),
        "named_as": verdict.mistake,
        "killed_by": sorted(killers[0] or ()),
        "observed": killers[0] is not None,
        "message": verdict.message,
    }


def _variant(known: KnownFile, verdict: Verdict, failing: str | None) -> dict[str, Any]:
    wanted = "variant" if known.citation else "passed"
    status, message = ("failed", failing) if failing and verdict.status == wanted else (verdict.status, verdict.message)
    return {"id": known.id, "status": status, "wanted": wanted, "message": message}


def _verdict_problems(report: dict[str, Any]) -> Iterator[str]:
    if report["stub"] != "missing":
        yield f"stub.py gives {report['stub']}, not missing: let it raise NotImplementedError"
    if report["reference"] != "passed":
        yield f"the reference gives {report['reference']}, not passed: mend it, or what check.py asks"
    if report["oracle"] not in (None, "passed"):
        yield f"oracle.py (torch's own layer) is not accepted: {report['oracle']}: mend the reference or the case"
    for mistake in report["mistakes"]:
        if not mistake["killed"]:
            yield f"mistakes/{_file(mistake)} survives: add a case that it fails"
        elif not mistake["observed"]:
            yield f"mistakes/{_file(mistake)} cannot be observed ({mistake['message']}): let it run to its end"
    for variant in report["variants"]:
        if variant["status"] != variant["wanted"]:
            yield f"variants/{_file(variant)} gives {variant['status']}: {variant['message']}"
    for claim in sorted({claim for claim in report["cases"] if report["cases"].count(claim) > 1}):
        yield f'check.py: two cases claim "{claim}": say what each of them shows'


def _change_problems(left_changed: dict[str, list[str]]) -> list[str]:
    """What would meet every file that runs in the same process afterwards."""
    return [
        f"mistakes/{mistake.replace('-', '_')}.py leaves {' and '.join(names[:3])} changed: "
        "let it be put back, in the file or by observe.py"
        for mistake, names in left_changed.items()
    ]


def _likeness_problems(separations: dict[int, Separation]) -> list[str]:
    """Pairs that no case parts, by any of the seeds."""
    pairs = {pair: seed for seed, separation in separations.items() for pair in separation.alike}
    return [
        f"{one} and {other} are alike on every case (seed {seed}): add a case that tells them apart, or drop one"
        for (one, other), seed in sorted(pairs.items())
    ]


def _nameless(report: dict[str, Any]) -> Iterator[str]:
    """Caught, but told without its own name: a few may be, where chance or a kept state is part of the mistake."""
    for mistake in report["mistakes"]:
        if mistake["killed"] and mistake["observed"] and mistake["named_as"] != mistake["id"]:
            yield (
                f"mistakes/{_file(mistake)} is named as {mistake['named_as'] or 'nothing'}: it is like another one, "
                "or what is seen of it changes from run to run"
            )


def _spare(cases: list[Case], separation: Separation) -> list[int]:
    """Cases that could go, each alone, and every mistake would still be caught and told from the others.

    One that tells fragile from wrong is there for that, and is not measured by mistakes.
    """
    return [n for n, case in enumerate(cases) if not separation.alone(n) and not case.extreme]


def _spare_notes(report: dict[str, Any]) -> Iterator[str]:
    killing = {number for mistake in report["mistakes"] for number in mistake["killed_by"]}
    idle = [str(number) for number in report["spare"] if number not in killing]
    doubled = [str(number) for number in report["spare"] if number in killing]
    if idle:
        yield f"cases that kill no mistake: {', '.join(idle)}"
    if doubled:
        yield f"cases that kill nothing, and tell nothing apart, that no other does: {', '.join(doubled)}"


def _file(row: dict[str, Any]) -> str:
    return f"{row['id'].replace('-', '_')}.py"
