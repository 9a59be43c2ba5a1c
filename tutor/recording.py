"""Writes what was seen into the record, and says so when it cannot."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from lessons.catalog import curriculum, exercises_by_id
from lessons.checking.verdict import Verdict
from lessons.fingerprint import fingerprint, fingerprint_alone
from lessons.solutions import shown_solution
from models.metric import metric_of
from models.runs import RunDirectory, RunError
from progress.evidence import Answer, EvidenceStore, RunEvidence
from progress.record_errors import RecordError
from tutor.workspace import Workspace


def fingerprint_of(workspace: Workspace, exercise_id: str) -> str:
    """What the learner's code for this exercise is now; "" if it cannot be read."""
    exercise = exercises_by_id()[exercise_id]
    return fingerprint(workspace.root, exercise.file, *exercise.judged_names) or ""


def record_verdicts(workspace: Workspace, verdicts: Sequence[Verdict], fingerprints: dict[str, str]) -> str | None:
    """Keep each verdict for the code that it was given for; a sentence when they could not be kept.

    `fingerprints` are those from *before* the check ran: a file that was saved meanwhile was not what was checked.
    """
    rows = [
        {
            "id": verdict.id,
            "status": verdict.status,
            "mistake": verdict.mistake,
            "seed": verdict.seed,
            "seconds": verdict.seconds,
            "fingerprint": fingerprints.get(verdict.id, ""),
            "content_version": curriculum().content_version,
        }
        for verdict in verdicts
    ]

    def add(store: EvidenceStore) -> None:
        given_up = store.given_up()
        store.add_verdicts([row | (_whose(workspace, row) if row["id"] in given_up else {}) for row in rows])

    return _recorded(workspace, add)


def _whose(workspace: Workspace, row: dict[str, Any]) -> dict[str, str | None]:
    """Whether the code is the shown solution's is seen by two fingerprints; without the first nothing is known."""
    exercise = exercises_by_id()[row["id"]]
    if not row["fingerprint"] or row["fingerprint"] != fingerprint_of(workspace, exercise.id):
        return {}  # saved meanwhile: this is not the code that was checked
    try:
        source = workspace.file_of(exercise).read_bytes()
    except OSError:
        return {}
    shown = fingerprint_alone(shown_solution(exercise), *exercise.symbols)
    return {"own": fingerprint_alone(source, *exercise.symbols), "shown": shown}


def record_finished_runs(workspace: Workspace, runs: Sequence[RunDirectory]) -> str | None:
    """Take finished runs that the record does not know yet into it; a sentence when that was not possible.

    A removed run's name may have been used again, so a run is known by its name and the time of its start.
    """

    def add(store: EvidenceStore) -> None:
        known = {(run.run_id, run.created_at) for run in store.runs()}
        for run in _claims_of_finished(runs):
            if (run.run_id, run.created_at) not in known:
                store.add_run(run)

    return _recorded(workspace, add)


def record_reverified_run(workspace: Workspace, run: RunEvidence, holds: bool) -> str | None:
    """Note when the run was last found to hold, or that it does not; a sentence when it was not noted."""
    checked_at = datetime.now(UTC).isoformat(timespec="seconds") if holds else ""
    return _recorded(workspace, lambda store: store.add_run(replace(run, checked_at=checked_at)))


def record_answers(workspace: Workspace, answers: Sequence[Answer]) -> str | None:
    """Keep answers to questions; a sentence when they could not be kept."""
    return _recorded(workspace, lambda store: store.add_answers(answers))


def _recorded(workspace: Workspace, write: Callable[[EvidenceStore], None]) -> str | None:
    """What was seen is told whether or not it could be kept."""
    store = EvidenceStore(workspace.record_folder)
    try:
        write(store)
    except RecordError as error:
        return f"Not recorded: {error}"
    return "\n".join(store.notices) or None


def _claims_of_finished(runs: Sequence[RunDirectory]) -> list[RunEvidence]:
    """What those that have finished claim. A damaged run claims nothing; `runs list` tells what is wrong with it."""
    claims = []
    for run in runs:
        with contextlib.suppress(RunError):
            # An ablation is compared with the project's net; it is not that net.
            if run.status().state == "finished" and not run.config().ablations:
                claims.append(run_evidence(run))
    return claims


def run_evidence(run: RunDirectory) -> RunEvidence:
    """What a finished run claims; `check` evaluates its checkpoint again before the claim unlocks anything."""
    config, status = run.config(), run.status()
    return RunEvidence(
        run_id=run.id,
        project=config.project,
        preset=config.preset,
        is_evidence=config.is_evidence,
        metric_name=metric_of(config.settings).name,
        metric=status.held_out,
        bar=config.settings.get("bar"),
        comparable=bool(config.dataset.get("comparable")),
        fingerprints={part.exercise_id: part.fingerprint for part in config.parts},
        workspace_id=config.workspace_id,
        created_at=config.created_at,
    )
