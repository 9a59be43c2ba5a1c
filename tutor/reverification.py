"""A project is verified by doing it again: the run's own modules pass now, and its checkpoint gives its figure."""

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lessons.catalog import exercises_by_id
from lessons.checking.verdict import Verdict
from models.metric import Metric, metric_named
from models.presets import PRESETS
from models.runs import Part, RunError, find_run
from progress.evidence import EvidenceStore, RunEvidence
from tutor.course_needs import QUICK
from tutor.judge_client import JudgeClient
from tutor.lab_client import LabClient
from tutor.recording import record_reverified_run
from tutor.refusals import Refusal
from tutor.workspace import Workspace


async def verify_project(workspace: Workspace, project: str, record: bool = True) -> tuple[Verdict, str | None]:
    """The verdict on the best run that can count as evidence, and a notice if it could not be recorded."""
    target = f"project/{project}"
    runs = [run for run in EvidenceStore(workspace.record_folder).runs() if run.project == project]
    counting = [run for run in runs if run.is_evidence and run.preset == QUICK]
    if not counting:
        because = (
            "a reference stood in for a part, or it is another net than the project's"
            if runs
            else "no run has finished"
        )
        message = f"No run counts yet ({because}). Train one: phase3-tutor train {project} --preset {QUICK}"
        return Verdict(target, "missing", message), None
    best = max(counting, key=lambda run: metric_named(run.metric_name).rank(run.metric))
    bar, begun = PRESETS[project][QUICK].bar, time.monotonic()
    verdict = await _verify_run(workspace, target, best, bar)
    verdict = replace(verdict, seconds=round(time.monotonic() - begun, 3))
    told = verdict.status != "unverifiable"  # what could not be looked at says nothing either way
    return verdict, record_reverified_run(workspace, best, verdict.done) if record and told else None


async def _verify_run(workspace: Workspace, target: str, evidence: RunEvidence, bar: float) -> Verdict:
    try:
        run = find_run(workspace.runs, evidence.run_id)
        parts = run.config().parts
    except RunError as error:
        return Verdict(target, "unverifiable", f"{evidence.run_id} cannot be read: {error.thing}")
    failing = await _failing_parts(run.modules, parts)
    if failing:
        words = "; ".join(f"{verdict.id}: {verdict.message}" for verdict in failing)
        return Verdict(target, "failed", f"The modules that {run.id} trained do not pass now. {words}")
    lab = LabClient()
    try:
        answer = await lab.ask({"ask": "evaluate", "run": str(run.path)})
    except Refusal as refusal:
        return Verdict(target, "unverifiable", f"{run.id} could not be evaluated again: {refusal.thing}")
    finally:
        await lab.close()
    recorded = math.nan if evidence.metric is None else evidence.metric
    return _compared(target, run.id, answer, recorded, bar, metric_named(evidence.metric_name))


async def _failing_parts(modules: Path, parts: Sequence[Part]) -> list[Verdict]:
    """The run's copies are judged, not the workspace: a later edit does not undo what was trained."""
    judge = JudgeClient()
    try:
        verdicts = [
            await judge.check(part.exercise_id, modules) for part in parts if part.exercise_id in exercises_by_id()
        ]
    finally:
        await judge.close()
    return [verdict for verdict in verdicts if not verdict.done]


def _compared(target: str, run_id: str, answer: dict[str, Any], recorded: float, bar: float, metric: Metric) -> Verdict:
    """The figure found now against the run's own metrics, the record and the bar."""
    found: float = answer["found"]
    told = f"{run_id}: held-out {metric.noun} {metric.text(found)}, evaluated again from its checkpoint"
    if answer["agrees"] is False or not abs(found - recorded) <= answer["allowed"]:
        return Verdict(target, "failed", f"{told}; the record says {metric.text(recorded)}.")
    held_against = f"{told}; the bar is {metric.text(bar)}."
    if not metric.passes(found, bar):
        return Verdict(target, "failed", f"{held_against} Look at its curve, change one thing, train again.")
    return Verdict(target, "passed", held_against)
