"""What `check` and the key `c` both do: judge exercises and runs of a workspace, and record what was seen."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from lessons.catalog import Exercise, curriculum, exercises_by_id
from lessons.checking.verdict import TIME_LIMIT_S, Verdict
from models.presets import PRESETS, part_ids
from models.runs import list_runs
from progress.record_errors import RecordError
from tutor.judge_client import JudgeClient
from tutor.recording import fingerprint_of, record_finished_runs, record_verdicts
from tutor.refusals import Refusal, find_exercise
from tutor.reverification import verify_project
from tutor.workspace import Workspace

COMING = "This exercise belongs to the course, but is not built in this version."
T = TypeVar("T")


@dataclass(frozen=True)
class Targets:
    """What is to be checked. `coming` are exercises of the course that this version cannot check yet."""

    exercises: tuple[Exercise, ...]
    projects: tuple[str, ...] = ()
    criteria: bool = False
    coming: tuple[str, ...] = ()


def targeted(words: Sequence[str]) -> Targets:
    """Read targets; none means everything."""
    words = words or ["all"]
    chosen: list[Exercise] = []
    projects: list[str] = []
    coming: list[str] = []
    for word in words:
        unit = next((unit for unit in curriculum().units if unit.id == word), None)
        if word in ("all", "criteria"):
            chosen += curriculum().exercises
            projects += PRESETS
        elif unit is not None:
            chosen += unit.exercises
            coming += () if unit.exercises else unit.coming
        elif word in curriculum().exercise_ids and word not in exercises_by_id():
            coming.append(word)
        elif word.startswith("project/"):
            projects.append(_project(word))
        elif "/" in word:
            chosen.append(find_exercise(word))
        else:
            raise _no_target(word)
    return Targets(_once(chosen), _once(projects), "criteria" in words, _once(coming))


async def check_all(
    workspace: Workspace,
    targets: Targets,
    seed: int | None = None,
    timeout_s: float = TIME_LIMIT_S,
    record: bool = True,
    judge: JudgeClient | None = None,
) -> tuple[list[Verdict], str | None]:
    """Every verdict, and a notice if they could not be recorded; by a judge of its own if none is given."""
    judge = judge or JudgeClient()
    try:
        verdicts, *notices = await check_exercises(workspace, targets.exercises, judge, seed, timeout_s, record)
    finally:
        await judge.close()
    verdicts += [Verdict(exercise_id, "unverifiable", COMING) for exercise_id in targets.coming]
    if record and targets.projects:
        notices.append(record_finished_runs(workspace, list_runs(workspace.runs)))
    for project in targets.projects:
        verdict, notice = await _verify(workspace, project, record)
        verdicts.append(verdict)
        notices.append(notice)
    return verdicts, "\n".join(dict.fromkeys(filter(None, notices))) or None


async def check_exercises(
    workspace: Workspace,
    exercises: Sequence[Exercise],
    judge: JudgeClient,
    seed: int | None = None,
    timeout_s: float = TIME_LIMIT_S,
    record: bool = True,
) -> tuple[list[Verdict], str | None]:
    """One verdict an exercise, in one transaction of the record; what touches the disk waits in a thread."""
    before = await asyncio.to_thread(_fingerprints, workspace, exercises)
    verdicts = [await _check(judge, exercise.id, workspace, seed, timeout_s) for exercise in exercises]
    if not record or not verdicts:
        return verdicts, None
    after = await asyncio.to_thread(_fingerprints, workspace, exercises)
    changed = sorted(exercise_id for exercise_id in before if before[exercise_id] != after[exercise_id])
    certain = before | dict.fromkeys(changed, "")  # of a file that was saved meanwhile nobody knows what was judged
    notice = await asyncio.to_thread(record_verdicts, workspace, verdicts, certain)
    told = [f"{exercise_id} changed while it was checked: check it again." for exercise_id in changed]
    return verdicts, "\n".join([*told, *([notice] if notice else [])]) or None


def _fingerprints(workspace: Workspace, exercises: Sequence[Exercise]) -> dict[str, str]:
    return {exercise.id: fingerprint_of(workspace, exercise.id) for exercise in exercises}


async def _check(
    judge: JudgeClient, exercise_id: str, workspace: Workspace, seed: int | None, timeout_s: float
) -> Verdict:
    """A judge that cannot answer says nothing about the learner, nor about the other exercises."""
    try:
        return await judge.check(exercise_id, workspace.root, seed, timeout_s)
    except Refusal as refusal:
        return Verdict(exercise_id, "unverifiable", f"{refusal.thing} Next: {refusal.next_step}.")


async def _verify(workspace: Workspace, project: str, record: bool) -> tuple[Verdict, str | None]:
    """What was found out about the exercises is told even where a project cannot be looked at."""
    try:
        return await verify_project(workspace, project, record)
    except (Refusal, RecordError) as error:
        return Verdict(f"project/{project}", "unverifiable", f"{error.thing} Next: {error.next_step}."), None


def _once(found: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))


def _project(word: str) -> str:
    project = word.removeprefix("project/")
    part_ids(project)
    return project


def _no_target(word: str) -> Refusal:
    built = [unit.id for unit in curriculum().units if unit.exercises]
    known = [*built, *exercises_by_id(), "criteria", "all"]
    known += [f"project/{project}" for project in PRESETS]
    closest = get_close_matches(word, known, n=1, cutoff=0.0)[0]
    return Refusal(f'Nothing to check is called "{word}".', "check TARGET", f"try: phase3-tutor check {closest}")
