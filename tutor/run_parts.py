"""Whose code each part of a run's net is: the learner's where it passes as it stands now, else the reference."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from lessons.catalog import exercises_by_id
from models.ablations import ablated_settings, ours
from models.presets import FUSED_PARTS, PresetRefused, part_ids, settings_for
from models.runs import Part
from progress.evidence import EvidenceStore, ExerciseEvidence
from tutor.recording import fingerprint_of
from tutor.workspace import Workspace


def parts_for(
    workspace: Workspace, project: str, ablations: Sequence[str] = (), settings: Mapping[str, Any] | None = None
) -> tuple[Part, ...]:
    """For each part of the net: the learner's code where it passes as it stands now, else the reference, and why."""
    verdicts = EvidenceStore(workspace.record_folder).verdicts()
    parts = (_part(workspace, exercise_id, verdicts.get(exercise_id)) for exercise_id in part_ids(project, settings))
    lent = ours(project, ablations)
    return tuple(
        _reference(part, f"{lent[part.exercise_id]} is none of the exercises") if part.exercise_id in lent else part
        for part in parts
    )


def _reference(part: Part, reason: str) -> Part:
    return replace(part, source="reference", fingerprint="", reason=reason)


def reference_parts(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.source == "reference")


def _part(workspace: Workspace, exercise_id: str, verdict: ExerciseEvidence | None) -> Part:
    exercise = exercises_by_id()[exercise_id]
    now = fingerprint_of(workspace, exercise_id)
    learner = Part(exercise_id, "learner", exercise.file, exercise.symbol, now)
    if verdict is None or not verdict.done:
        return _reference(learner, "not passed yet")
    if verdict.is_stale(now):
        return _reference(learner, "changed since it passed")
    return replace(learner, has_twin=exercise_id in FUSED_PARTS and verdict.status != "variant")


def parts_with_ablation(workspace: Workspace, project: str, ablation: str) -> tuple[Part, ...]:
    """Those of the quick preset's net after one ablation; "" leaves it as it is."""
    ablations = [ablation] if ablation else []
    return parts_for(workspace, project, ablations, with_ablation(project, ablation))


def with_ablation(project: str, ablation: str) -> dict[str, Any]:
    """The quick preset's settings as this ablation leaves them; one that changes nothing leaves them alone."""
    settings = settings_for(project, "quick", {})
    with suppress(PresetRefused):
        return ablated_settings(project, settings, [ablation] if ablation else [])
    return settings
