"""`check --self` as a person or a script sees it: the kill matrix, the totals, and what is wrong with the content."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lessons.authoring.rows import RowProblem, row_problems
from lessons.catalog import Unit, curriculum
from lessons.lesson_rules import lesson_problems
from lessons.questions.linting import BankReport, lint_bank
from tutor.checking import targeted
from tutor.drawing.kill_matrix import draw_report, matrix_page
from tutor.figures.registry import figure_names
from tutor.refusals import Refusal
from tutor.side_by_side import self_checks

SCHEMA = 1
FEWEST_NAMED = 0.95


async def check_the_checker(targets: Sequence[str], as_json: bool, matrix: Path | None = None) -> int:
    """0 if every stub fails, every reference passes and every mistake is caught and named; else 1."""
    rows = row_problems()
    reports: list[dict[str, Any]] = []
    bank: BankReport | None = None
    lessons: list[str] = []
    if not any(problem.fatal for problem in rows):  # else there is no catalogue to choose from
        bank, lessons = _bank(targets), _lessons(targets)
        runnable, rows = _with_a_row(rows, targets), _concerned(rows, targets)
        if runnable is not None:
            reports = await self_checks(_chosen(runnable), None if as_json else _print_report)
    problems = [*_told(rows), *(f"lessons/{row['id']}: {words}" for row in reports for words in row["problems"])]
    problems += [*lessons, *(f"lessons/{problem}" for problem in (bank.problems if bank else ()))]
    answer = self_object(reports, not problems, bank)
    problems += _too_few_names(answer["totals"])
    print(json.dumps(answer, indent=2) if as_json else "\n".join([_totals(answer["totals"]), *_bank_row(bank)]))
    if matrix is not None:
        _write(matrix, matrix_page(reports, answer["totals"]))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 0 if answer["passed"] else 1


def self_object(
    reports: Sequence[dict[str, Any]], without_problems: bool, bank: BankReport | None = None
) -> dict[str, Any]:
    """What `--json` prints: `killed_by` are the claims of the cases that tell a mistake."""
    mistakes = [mistake for report in reports for mistake in report["mistakes"]]
    variants = [variant for report in reports for variant in report["variants"]]
    totals = {
        "mistakes": len(mistakes),
        "killed": sum(mistake["killed"] for mistake in mistakes),
        "named": sum(mistake["named_as"] == mistake["id"] for mistake in mistakes),
        "variants": len(variants),
        "rejected": sum(variant["status"] != variant["wanted"] for variant in variants),
    }
    return {
        "schema": SCHEMA,
        "passed": without_problems and not _too_few_names(totals),
        "exercises": [_exercise(report) for report in reports],
        "totals": totals,
    } | ({"questions": _bank_object(bank)} if bank else {})


def _bank(targets: Sequence[str]) -> BankReport | None:
    """The questions of the units that are looked at as a whole; None where only exercises were named."""
    units = _whole_units(targets)
    return lint_bank([lesson for unit in units for lesson in unit.lessons]) if units else None


def _lessons(targets: Sequence[str]) -> list[str]:
    """What the lessons of these units lack."""
    return lesson_problems(replace(curriculum(), units=_whole_units(targets)), figure_names())


def _whole_units(targets: Sequence[str]) -> tuple[Unit, ...]:
    is_all = not targets or "all" in targets
    return tuple(unit for unit in curriculum().units if is_all or unit.id in targets)


def _bank_object(bank: BankReport) -> dict[str, Any]:
    problems = [str(problem) for problem in bank.problems]
    return {"questions": bank.questions, "variants": bank.variants, "problems": problems}


def _bank_row(bank: BankReport | None) -> list[str]:
    if bank is None:
        return []
    outcome = "all hold" if bank.holds else f"{len(bank.problems)} problem{'s' * (len(bank.problems) > 1)}, see below"
    return [f"questions: {bank.questions} questions, {bank.variants} variants tried, {outcome}"]


def _exercise(report: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": report["id"],
        "stub": report["stub"],
        "reference": report["reference"],
        "mistakes": [
            {
                "id": mistake["id"],
                "killed": mistake["killed"],
                "named_as": mistake["named_as"],
                "killed_by": [report["cases"][number] for number in mistake["killed_by"]],
            }
            for mistake in report["mistakes"]
        ],
        "variants": [{"id": variant["id"], "status": variant["status"]} for variant in report["variants"]],
        "seconds": report["seconds"],
    }


def _chosen(targets: Sequence[str]) -> Sequence[Any]:
    exercises = targeted(targets).exercises
    if not exercises:
        raise Refusal("There is no exercise to check the checker on.", " ".join(targets), "name one, or none for all")
    return exercises


def _concerned(problems: list[RowProblem], targets: Sequence[str]) -> list[RowProblem]:
    """Those of the exercises and units that were asked for; all of them if none was."""
    return [
        problem
        for problem in problems
        if not targets or {problem.exercise_id, problem.exercise_id.partition("/")[0], "all"} & set(targets)
    ]


def _with_a_row(problems: list[RowProblem], targets: Sequence[str]) -> Sequence[str] | None:
    """The targets that can be run; None if all that was asked for are folders that have no row yet."""
    rowless = {problem.exercise_id for problem in problems if problem.rowless}
    left = [word for word in targets if word not in rowless]
    return left if left or not targets else None


def _told(problems: Sequence[RowProblem]) -> list[str]:
    return [
        f"lessons/{problem.sentence}" if problem.sentence.startswith("curriculum.toml") else problem.sentence
        for problem in problems
    ]


def _too_few_names(totals: dict[str, int]) -> list[str]:
    if totals["named"] >= FEWEST_NAMED * totals["mistakes"]:
        return []
    words = f"{totals['named']} of {totals['mistakes']} mistakes are named as themselves, {FEWEST_NAMED:.0%} have to be"
    return [f"{words}: see NAMED above, and let what is seen of them not change from run to run"]


def _print_report(report: dict[str, Any]) -> None:
    print("\n".join(draw_report(report)), flush=True)


def _write(matrix: Path, page: str) -> None:
    try:
        matrix.write_text(page, encoding="utf-8")
    except OSError as error:
        thing = f"The kill matrix cannot be written: {error.strerror}."
        raise Refusal(thing, str(matrix), "name a file in a folder that is there: --matrix FILE") from error


def _totals(totals: dict[str, int]) -> str:
    return (
        f"{totals['mistakes']} mistakes: {totals['killed']} caught, {totals['named']} named; "
        f"{totals['variants']} variants: {totals['variants'] - totals['rejected']} accepted"
    )
