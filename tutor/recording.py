"""Writes what was seen into the record, and says so when it cannot."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from lessons.catalog import curriculum, exercises_by_id
from lessons.checking.verdict import Verdict
from lessons.fingerprint import fingerprint
from models.runs import RunDirectory
from progress.evidence import EvidenceStore, RunEvidence
from progress.record_errors import RecordError
from tutor.workspace import Workspace


def fingerprint_of(workspace: Workspace, exercise_id: str) -> str:
    """What the learner's code for this exercise is now; "" if it cannot be read."""
    exercise = exercises_by_id()[exercise_id]
    return fingerprint(workspace.root, exercise.file, exercise.symbol) or ""


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
    store = EvidenceStore(workspace.record_folder)
    try:
        store.add_verdicts(rows)
    except RecordError as error:
        return f"Not recorded: {error}"
    return "\n".join(store.notices) or None


def record_finished_runs(workspace: Workspace, runs: Sequence[RunDirectory]) -> None:
    """Take finished runs that the record does not know yet into it; a removed run's name may have been used again."""
    store = EvidenceStore(workspace.record_folder)
    known = {(run.run_id, run.created_at) for run in store.runs()}
    for run in runs:
        if run.status().state == "finished" and (run.id, run.config().created_at) not in known:
            store.add_run(run_evidence(run))


def record_reverified_run(workspace: Workspace, run: RunEvidence) -> None:
    """Note that the run's figure was computed again from its checkpoint, and when."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    EvidenceStore(workspace.record_folder).add_run(replace(run, checked_at=now))


def run_evidence(run: RunDirectory) -> RunEvidence:
    """What a finished run claims; `check` evaluates its checkpoint again before the claim unlocks anything."""
    config, status = run.config(), run.status()
    return RunEvidence(
        run_id=run.id,
        project=config.project,
        preset=config.preset,
        is_evidence=config.is_evidence,
        metric_name="held_out_accuracy",
        metric=status.held_out_accuracy,
        fingerprints={part.exercise_id: part.fingerprint for part in config.parts},
        workspace_id=config.workspace_id,
        created_at=config.created_at,
    )
