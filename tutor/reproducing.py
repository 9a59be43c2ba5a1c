"""Writes the program that repeats a failing case to where the learner wants it; never over a file that is there."""

import shlex
from pathlib import Path

from lessons.checking.verdict import Verdict
from tutor.refusals import Refusal


def refuse_taken(path: Path) -> None:
    """What can be known of the place before there is anything to write."""
    try:
        path.lstat()
    except FileNotFoundError as error:
        if not path.absolute().parent.is_dir():
            raise _unwritable(path, "its folder is not there") from error
    except (OSError, ValueError) as error:  # a name that is too long, or has a NUL in it
        raise _unwritable(path, str(error)) from error
    else:
        raise _taken(path)


def write_reproduction(path: Path, verdict: Verdict, script: str | None) -> tuple[str, bool]:
    """(what is to be said of it, whether there is a file now)."""
    if script is None and verdict.done:
        return f"There is nothing to reproduce: {verdict.id} passes.", False
    if script is None:
        return f"No script was written: {verdict.id} did not come to an input that could be repeated.", False
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(script)
    except FileExistsError as error:
        raise _taken(path) from error
    except (OSError, ValueError) as error:
        raise _unwritable(path, getattr(error, "strerror", None) or str(error)) from error
    name = shlex.quote(str(path))
    return f"The failing input is in {path}: run it with python {name}, step through it with python -m pdb {name}", True


def one_exercise(targets: list[str]) -> None:
    """Several failures do not fit into one script."""
    if len(targets) != 1 or "/" not in targets[0] or targets[0].startswith("project/"):
        thing = "A script repeats the failure of one exercise."
        raise Refusal(thing, "--repro", "name one: phase3-tutor check cnn/conv2d --repro FILE")


def _taken(path: Path) -> Refusal:
    thing = "There is a file of that name already, and it is left as it is."
    return Refusal(thing, str(path), "name another: --repro FILE, or move that one away")


def _unwritable(path: Path, because: str) -> Refusal:
    return Refusal(f"The script cannot be written: {because}.", str(path), "name another: --repro FILE")
