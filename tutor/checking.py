"""What `check` and the key `c` both do: judge exercises and runs of a workspace, and record what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from lessons.catalog import Exercise, curriculum, exercises_by_id
from lessons.checking.verdict import Verdict
from models.presets import PRESETS, part_ids
from models.runs import list_runs
from tutor.judge_client import JudgeClient
from tutor.recording import fingerprint_of, record_finished_runs, record_verdicts
from tutor.refusals import Refusal, find_exercise
from tutor.reverification import verify_project
from tutor.workspace import Workspace


@dataclass(frozen=True)
class Targets:
    exercises: tuple[Exercise, ...]
    projects: tuple[str, ...] = ()
    criteria: bool = False


def targeted(words: Sequence[str]) -> Targets:
    """Read targets; none means everything."""
    words = words or ["all"]
    chosen: list[Exercise] = []
    projects: list[str] = []
    criteria = False
    for word in words:
        unit = next((unit for unit in curriculum().units if unit.id == word), None)
        if word in ("all", "criteria"):
            chosen += curriculum().exercises
            projects += PRESETS
            criteria |= word == "criteria"
        elif unit is not None:
            chosen += unit.exercises
            if not unit.exercises:
                find_exercise(unit.coming[0])
        elif word.startswith("project/"):
            projects.append(_project(word))
        elif "/" in word:
            chosen.append(find_exercise(word))
        else:
            raise _no_target(word)
    return Targets(tuple(dict.fromkeys(chosen)), tuple(dict.fromkeys(projects)), criteria)


async def check_all(
    workspace: Workspace,
    targets: Targets,
    seed: int | None = None,
    timeout_s: float = 10.0,
    record: bool = True,
) -> tuple[list[Verdict], str | None]:
    """Every verdict, and a notice if they could not be recorded."""
    judge = JudgeClient()
    try:
        verdicts, notice = await check_exercises(workspace, targets.exercises, judge, seed, timeout_s, record)
    finally:
        await judge.close()
    if record and targets.projects:
        record_finished_runs(workspace, list_runs(workspace.runs))
    for project in targets.projects:
        verdicts += await verify_project(workspace, project, record)
    return verdicts, notice


async def check_exercises(
    workspace: Workspace,
    exercises: Sequence[Exercise],
    judge: JudgeClient,
    seed: int | None = None,
    timeout_s: float = 10.0,
    record: bool = True,
) -> tuple[list[Verdict], str | None]:
    """One verdict an exercise, in one transaction of the record."""
    fingerprints = {exercise.id: fingerprint_of(workspace, exercise.id) for exercise in exercises}
    verdicts = [await judge.check(exercise.id, workspace.root, seed, timeout_s) for exercise in exercises]
    notice = record_verdicts(workspace, verdicts, fingerprints) if record and verdicts else None
    return verdicts, notice


def _project(word: str) -> str:
    project = word.removeprefix("project/")
    part_ids(project)
    return project


def _no_target(word: str) -> Refusal:
    known = [*(unit.id for unit in curriculum().units), *exercises_by_id(), "criteria", "all"]
    known += [f"project/{project}" for project in PRESETS]
    closest = get_close_matches(word, known, n=1, cutoff=0.0)[0]
    return Refusal(f'Nothing to check is called "{word}".', "check TARGET", f"try: phase3-tutor check {closest}")
