"""The file that a learner hands in, before it is run: whether it can be read, and whether anything is written in it."""

import stat
from pathlib import Path

from lessons.catalog import Exercise, curriculum
from lessons.checking.case import Case
from lessons.checking.import_gate import shadowing_files
from lessons.checking.verdict import Status, Verdict
from lessons.fingerprint import is_untouched


def unjudged(exercise: Exercise, root: Path, file: Path) -> Verdict | None:
    """A verdict that needs no run: the file is not there, is no file, or is still the stub."""
    status: Status = "error"
    place = place_in(file, root)
    try:
        kind = file.stat().st_mode
        readable = stat.S_ISREG(kind) and file.open("rb").close() is None
    except FileNotFoundError:
        return Verdict(exercise.id, "missing", f"{place} is not there. Make the stubs with: phase3-tutor init")
    except OSError as error:
        return Verdict(exercise.id, status, f"{place} cannot be read: {error.strerror}.")
    if not readable:
        return Verdict(exercise.id, status, f"{place} is no ordinary file; put your code into a file of that name.")
    shadows = shadowing_files(root)
    if shadows:
        words = f'"{shadows[0]}" in your workspace hides a module of that name; rename it.'
        return Verdict(exercise.id, status, words, detail=(f"where: {root / shadows[0]}",))
    if is_untouched(file, exercise.stub, *exercise.symbols):
        return Verdict(exercise.id, "missing", f"{exercise.called} in {place}: still the stub, your turn.")
    return None


def parts_are_written(case: Case, root: Path) -> bool:
    """A case with the learner's own parts is put only when those are there and no longer stubs."""
    return all(_is_written(root, where.split(":")[0]) for where in case.learner_parts.values())


def place_in(file: Path, root: Path) -> str:
    """The file as the learner calls it: from their folder on, where it lies in it."""
    return str(file.relative_to(root)) if file.is_relative_to(root) else str(file)


def _is_written(root: Path, file: str) -> bool:
    owners = [exercise for exercise in curriculum().exercises if exercise.file == file]
    return (root / file).is_file() and not any(
        is_untouched(root / file, owner.stub, *owner.symbols) for owner in owners
    )
