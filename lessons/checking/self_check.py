"""The checker checks itself: every stub fails, every reference passes, every mistake is caught and named.

Also the linter of an exercise's content: what is missing is told with its file and what to add.
"""

import tempfile
import time
from pathlib import Path
from typing import Any

from lessons.catalog import Exercise, exercises_by_id
from lessons.checking.assignment import Assignment, KnownFile
from lessons.checking.examiner import Examiner
from lessons.checking.observations import first_difference
from lessons.solutions import write_solutions

SEED = 20_151_210  # any seed must do; a fixed one makes a red linter repeatable
FEWEST_MISTAKES, FEWEST_VARIANTS, HINTS, HINT_WORDS, WIDEST = 5, 1, 3, 60, 76


def self_check(exercise: Exercise, examiner: Examiner) -> dict[str, Any]:
    """Everything that is known of one exercise, sent through the check as if a learner had written it."""
    begun = time.monotonic()
    assignment = examiner.assignment(exercise)
    with tempfile.TemporaryDirectory(prefix="phase3-self-") as folder:
        root = Path(folder).resolve()
        write_solutions(root)
        report = {
            "id": exercise.id,
            "stub": _stub(assignment, examiner, root),
            "reference": examiner.examine(exercise, root, None, SEED).status,
            "oracle": _oracle(assignment, examiner, root),
            "mistakes": [_mistake(assignment, examiner, root, known) for known in assignment.mistakes],
            "variants": [_variant(exercise, examiner, root, known) for known in assignment.variants],
        }
    report["cases"] = [case.claim for case in assignment.cases(SEED)]
    report["problems"] = [*_content_problems(exercise, assignment), *_verdict_problems(report)]
    report["seconds"] = round(time.monotonic() - begun, 2)
    return report


def _stub(assignment: Assignment, examiner: Examiner, root: Path) -> str:
    """What the stub does when it runs; `examine` would know it by its text, and run nothing."""
    seen = examiner.seen_of(assignment, assignment.exercise.stub, root, assignment.cases(SEED)).seen
    if seen is None or seen["broken"]:
        return "error"
    first = [case[0][1] for case in seen["cases"]]
    unwritten = [isinstance(value, dict) and value.get("~raised") == "NotImplementedError" for value in first]
    return "missing" if all(unwritten) else "an answer"


def _mistake(assignment: Assignment, examiner: Examiner, root: Path, known: KnownFile) -> dict[str, Any]:
    verdict = examiner.examine(assignment.exercise, root, known.path, SEED)
    return {
        "id": known.id,
        "status": verdict.status,
        "killed": not verdict.done,
        "named_as": verdict.mistake,
        "killed_by": _killed_by(assignment, known),
    }


def _killed_by(assignment: Assignment, known: KnownFile) -> list[int]:
    """Numbers of the cases on which the mistake differs from the reference."""
    cases = assignment.cases(SEED)
    rows = zip(cases, assignment.expected(cases), assignment.seen_of_known(known, cases), strict=True)
    return [index for index, row in enumerate(rows) if first_difference(*row)]


def _variant(exercise: Exercise, examiner: Examiner, root: Path, known: KnownFile) -> dict[str, Any]:
    verdict = examiner.examine(exercise, root, known.path, SEED)
    wanted = "variant" if known.citation else "passed"
    return {"id": known.id, "status": verdict.status, "wanted": wanted, "message": verdict.message}


def _oracle(assignment: Assignment, examiner: Examiner, root: Path) -> str | None:
    """Torch's own layer under the exercise's name; it is made of what a learner may not use, so it is trusted."""
    if assignment.oracle is None:
        return None
    cases = [case for case in assignment.cases(SEED) if not case.learner_parts]
    report = examiner.seen_of(assignment, assignment.oracle, root, cases, trusted=True)
    if report.seen is None or report.seen["broken"]:
        return "error"
    rows = zip(cases, assignment.expected(cases), report.seen["cases"], strict=True)
    differences = [difference for difference in (first_difference(*row) for row in rows) if difference]
    return f"failed: {differences[0].case.claim}: {differences[0].sentence}" if differences else "passed"


def _verdict_problems(report: dict[str, Any]) -> list[str]:
    problems = []
    if report["stub"] != "missing":
        problems.append(f"stub.py gives {report['stub']}, not missing")
    if report["reference"] != "passed":
        problems.append(f"the reference gives {report['reference']}, not passed")
    if report["oracle"] not in (None, "passed"):
        problems.append(f"oracle.py (torch's own layer) is not accepted: {report['oracle']}")
    for mistake in report["mistakes"]:
        if not mistake["killed"]:
            problems.append(f"mistakes/{_file(mistake)} survives: add a case that it fails")
        elif mistake["named_as"] != mistake["id"]:
            problems.append(f"mistakes/{_file(mistake)} is named as {mistake['named_as']}: no case tells them apart")
    for variant in report["variants"]:
        if variant["status"] != variant["wanted"]:
            problems.append(f"variants/{_file(variant)} gives {variant['status']}: {variant['message']}")
    return problems


def _content_problems(exercise: Exercise, assignment: Assignment) -> list[str]:
    problems = [
        f"mistakes/{known.path.name} has no {what}"
        for known in assignment.mistakes
        for what, value in (("docstring", known.sentence), ("EQUATION", known.equation), ("HINT", known.hint))
        if not value
    ]
    if len(assignment.mistakes) < FEWEST_MISTAKES:
        problems.append(f"mistakes/ has {len(assignment.mistakes)} files: add at least {FEWEST_MISTAKES}")
    if len(assignment.variants) < FEWEST_VARIANTS:
        problems.append("variants/ is empty: add a right solution that is written differently")
    if len(exercise.hints) != HINTS:
        problems.append(f"curriculum.toml gives {len(exercise.hints)} hints: write {HINTS}")
    problems += [f"hint {n} has over {HINT_WORDS} words" for n, hint in enumerate(exercise.hints, 1)
                 if len(hint.split()) > HINT_WORDS]  # fmt: skip
    equations = [("curriculum.toml", exercise.equation)]
    equations += [(f"mistakes/{known.path.name}", known.equation or "") for known in assignment.mistakes]
    problems += [
        f"{place}: a line of its equation is wider than {WIDEST} columns"
        for place, equation in equations
        if any(len(line) > WIDEST for line in equation.splitlines())
    ]
    unknown = [needed for needed in exercise.needs if needed not in exercises_by_id()]
    return problems + [f"curriculum.toml: needs {needed}, which is no exercise" for needed in unknown]


def _file(row: dict[str, Any]) -> str:
    return f"{row['id'].replace('-', '_')}.py"
