"""`check --self` as a person or a script sees it: the kill matrix, the totals, and what is wrong with the content."""

import json
import sys
from collections.abc import Sequence
from typing import Any

from tutor.checking import targeted
from tutor.judge_client import JudgeClient
from tutor.refusals import Refusal

SCHEMA = 1


async def check_the_checker(targets: Sequence[str], as_json: bool) -> int:
    """0 if every stub fails, every reference passes and every mistake is caught and named; else 1."""
    exercises = targeted(targets).exercises
    if not exercises:
        raise Refusal("There is no exercise to check the checker on.", " ".join(targets), "name one, or none for all")
    judge = JudgeClient()
    reports: list[dict[str, Any]] = []
    try:
        for exercise in exercises:
            reports.append(await judge.self_check(exercise.id))
            if not as_json:
                print("\n".join(draw_report(reports[-1])), flush=True)
    finally:
        await judge.close()
    answer = self_object(reports)
    print(json.dumps(answer, indent=2) if as_json else _totals(answer["totals"]))
    for report in reports:
        for problem in report["problems"]:
            print(f"lessons/{report['id']}: {problem}", file=sys.stderr)
    return 0 if answer["passed"] else 1


def self_object(reports: Sequence[dict[str, Any]]) -> dict[str, Any]:
    mistakes = [mistake for report in reports for mistake in report["mistakes"]]
    variants = [variant for report in reports for variant in report["variants"]]
    return {
        "schema": SCHEMA,
        "passed": not any(report["problems"] for report in reports),
        "exercises": list(reports),
        "totals": {
            "mistakes": len(mistakes),
            "killed": sum(mistake["killed"] for mistake in mistakes),
            "named": sum(mistake["named_as"] == mistake["id"] for mistake in mistakes),
            "variants": len(variants),
            "rejected": sum(variant["status"] != variant["wanted"] for variant in variants),
        },
    }


def draw_report(report: dict[str, Any]) -> list[str]:
    """The kill matrix of one exercise: a row per mistake, a column per case, x where the case tells it."""
    cases = range(len(report["cases"]))
    width = max((len(mistake["id"]) for mistake in report["mistakes"]), default=0)
    oracle = f", torch's own {report['oracle']}" if report["oracle"] else ""
    lines = [f"{report['id']}  stub {report['stub']}, reference {report['reference']}{oracle}, {report['seconds']} s"]
    lines += [f"  {'':{width}}  {''.join(str(case % 10) for case in cases)}"]
    for mistake in report["mistakes"]:
        marks = "".join("x" if case in mistake["killed_by"] else "." for case in cases)
        named = "" if mistake["named_as"] == mistake["id"] else f"  NAMED {mistake['named_as']}"
        lines.append(f"  {mistake['id']:{width}}  {marks}{'' if mistake['killed'] else '  SURVIVES'}{named}")
    lines += [f"  {case:{width}}  {report['cases'][case]}" for case in cases]
    variants = [f"{variant['id']} ({variant['status']})" for variant in report["variants"]]
    return [*lines, f"  variants accepted: {', '.join(variants)}", ""]


def _totals(totals: dict[str, int]) -> str:
    return (
        f"{totals['mistakes']} mistakes: {totals['killed']} caught, {totals['named']} named; "
        f"{totals['variants']} variants: {totals['variants'] - totals['rejected']} accepted"
    )
