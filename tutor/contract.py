"""The JSON that scripts rely on: `status --json` and `check --json`. Keys are only ever added."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lessons.checking.verdict import Verdict
from models.metric import metric_named
from models.presets import PRESETS
from progress.criteria import Criterion, Phase4
from progress.evidence import RunEvidence
from tutor.course_needs import PROJECTS, QUICK
from tutor.standing import Standing
from tutor.workspace import Workspace

if TYPE_CHECKING:
    from tutor.file_checking import HandedIn

SCHEMA = 1


def check_object(workspace: Workspace | None, verdicts: Sequence[Verdict], standing: Standing | None) -> dict[str, Any]:
    """`passed` covers the results; criteria have their own `met`, and none are listed where there is no record."""
    criteria, gate = (standing.criteria, standing.phase4) if standing else ((), Phase4(False, ()))
    return {
        "schema": SCHEMA,
        "workspace": str(workspace.root) if workspace else None,
        "passed": all(verdict.done for verdict in verdicts),
        "results": [_result(verdict) for verdict in verdicts],
        **_criteria(criteria, gate),
    }


def file_object(given: "HandedIn", verdict: Verdict) -> dict[str, Any]:
    """As of any other check, but of no workspace; what was judged instead is told by `file` and `root`."""
    return check_object(None, [verdict], None) | {"file": str(given.file), "root": str(given.root)}


def status_object(standing: Standing) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "workspace": str(standing.workspace.root),
        "id": standing.workspace_id,
        "week": current_week(standing),
        "next": {"what": standing.next.what, "why": standing.next.why, "command": standing.next.command},
        "exercises": [
            {
                "id": exercise.id,
                "status": None if exercise.state in ("stale", "unchecked", "coming") else exercise.state,
                "state": exercise.state,
                "stale": exercise.state == "stale",
                "checked_at": exercise.checked_at or None,
                "given_up": bool(exercise.given_up_at),
                "solved_anew": bool(exercise.solved_anew_at),
            }
            for exercise in standing.exercises
        ],
        "projects": [_project(project, standing.run_evidence) for project in PROJECTS],
        **_criteria(standing.criteria, standing.phase4),
        "runs": [
            {
                "id": run.id,
                "state": run.status.state,
                "step": run.status.step,
                "total": run.status.total_steps,
            }
            for run in standing.runs
        ],
    }


def current_week(standing: Standing) -> str:
    """The weeks of the unit that the next step belongs to."""
    unit = (standing.next.exercise_id or "").split("/")[0]
    return next((each.weeks for each in standing.units if each.id == unit), standing.units[0].weeks)


def _result(verdict: Verdict) -> dict[str, Any]:
    """The verdict with its kind; the keys that every reader wants stand first."""
    row = verdict.to_json()
    first = {key: row.pop(key) for key in ("status", "message", "mistake", "hint", "seconds")}
    return {"id": row.pop("id"), "kind": _kind(verdict.id), **first, **row}


def _kind(target: str) -> str:
    return "project" if target.startswith("project/") else "exercise"


def _criteria(criteria: Sequence[Criterion], phase4: Phase4) -> dict[str, Any]:
    return {
        "criteria": [
            {
                "id": criterion.id,
                "title": criterion.title,
                "met": criterion.met,
                "because": criterion.because,
                "missing": list(criterion.missing),
            }
            for criterion in criteria
        ],
        "phase4": {"unlocked": phase4.unlocked, "missing": list(phase4.missing)},
    }


def _passes(run: RunEvidence, bar: float | None) -> bool:
    return metric_named(run.metric_name).passes(run.metric, bar)


def _project(project: str, runs: Sequence[RunEvidence]) -> dict[str, Any]:
    """Whether the quick bar is passed, how the full preset compares with the paper, and the best run that counts."""
    own = [run for run in runs if run.project == project and run.is_evidence]
    quick = [run for run in own if run.preset == QUICK]
    full = [run for run in own if run.preset != QUICK]
    best = max(quick, key=lambda run: metric_named(run.metric_name).rank(run.metric), default=None)
    presets = PRESETS.get(project)
    if presets is None:
        return {"id": project, "quick": "coming", "full": "coming", "best_run": None}
    passed = any(_passes(run, presets[QUICK].bar) for run in quick)
    comparable = [run for run in full if run.comparable and run.bar]
    matched = any(_passes(run, run.bar) for run in comparable)
    return {
        "id": project,
        "quick": "passed" if passed else ("not passed" if quick else "not run"),
        "full": "matched" if matched else "not matched" if comparable else "not comparable" if full else "not run",
        "best_run": best.run_id if best else None,
    }
