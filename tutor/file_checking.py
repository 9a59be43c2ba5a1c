"""Judges one file outside any workspace, for teachers and for the CI of a class. Nothing is recorded."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from lessons.catalog import Exercise
from lessons.checking.verdict import TIME_LIMIT_S, Verdict
from tutor.judge_client import JudgeClient
from tutor.refusals import Refusal, find_exercise


@dataclass(frozen=True)
class HandedIn:
    """A file that claims to solve an exercise, and the folder in which its imports of siblings are looked for."""

    exercise: Exercise
    file: Path
    root: Path


def handed_in(file: Path | None, exercise_id: str | None, targets: list[str]) -> HandedIn:
    """What `--file` and `--exercise` mean together; neither means anything without the other, or beside a target."""
    if exercise_id is None:
        raise _half(f"--file {shlex.quote(str(file))} --exercise cnn/conv2d", "Which exercise the file solves")
    if file is None:
        raise _half(f"--file PATH --exercise {shlex.quote(exercise_id)}", "Which file solves the exercise")
    exercise = find_exercise(exercise_id)
    if targets:
        thing = "A target is an exercise of your workspace; --file is judged outside it."
        raise Refusal(thing, " ".join(targets), f"leave out {shlex.join(targets)}, or --file and --exercise")
    found = _ordinary_file(file)
    return HandedIn(exercise, found, root_of(found, exercise))


def root_of(file: Path, exercise: Exercise) -> Path:
    """The folder from which the file is called as in a workspace: /hw/ada for /hw/ada/cnn/conv.py; else its own."""
    inner = Path(exercise.file).parts
    return file.parents[len(inner) - 1] if file.parts[-len(inner) :] == inner else file.parent


async def check_file(
    given: HandedIn, seed: int | None = None, timeout_s: float = TIME_LIMIT_S, judge: JudgeClient | None = None
) -> Verdict:
    """The verdict on the file. A judge that cannot answer says nothing about its author."""
    judge = judge or JudgeClient()
    try:
        return await judge.check(given.exercise.id, given.root, seed, timeout_s, given.file)
    except Refusal as refusal:
        return Verdict(given.exercise.id, "unverifiable", f"{refusal.thing} Next: {refusal.next_step}.")
    finally:
        await judge.close()


def _ordinary_file(file: Path) -> Path:
    try:
        found = file.expanduser().absolute()
        found = found.parent.resolve() / found.name  # a link keeps the name and the folder under which it was given
        is_file, is_there = found.is_file(), found.exists()
    except (OSError, ValueError, RuntimeError) as error:  # too long a name, a NUL in it, the home of nobody
        raise Refusal(f"There is no such file: {error}.", str(file), "name the file to be judged") from error
    if not is_there:
        raise Refusal("There is no file here.", str(found), "name the file to be judged: --file PATH")
    if not is_file:
        raise Refusal("This is no ordinary file.", str(found), "name one Python file: --file PATH")
    return found


def _half(whole: str, missing: str) -> Refusal:
    return Refusal(f"{missing} is not said.", "check", f"write both: phase3-tutor check {whole}")
