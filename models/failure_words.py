"""Words for an exception that ended a run: the learner's own lines first, nobody else's."""

import traceback
from pathlib import Path

from models.data_store import DataError
from models.run_errors import RunError

_LONGEST = 500


def words_for(error: BaseException, modules: Path) -> str:
    """What status.json says: a sentence, and for the learner's code their part of the traceback."""
    if isinstance(error, RunError | DataError):
        return f"{error.thing} Next: {error.next_step}"
    what = _what(error)
    if _own_lines(error, modules):
        return words_of(error, modules)
    if "modified by an inplace operation" in what:
        thing = "Your code changed a tensor in place that a gradient still needs."
        return f"{thing} Next: look for += and for calls like zero_()"
    if isinstance(error, MemoryError) or "out of memory" in what:
        return f"There was not enough memory: {what}. Next: --set batch_size to half of what it was"
    return f"The trainer failed, and not in your code: {what}. Next: see log.txt of this run"


def words_of(error: BaseException, modules: Path) -> str:
    """The exception itself, and the learner's part of its traceback where it came by their code."""
    return "\n".join([_what(error), *_own_lines(error, modules)])


def _what(error: BaseException) -> str:
    return f"{type(error).__name__}: {_text_of(error)}".rstrip(": ")


def _own_lines(error: BaseException, modules: Path) -> list[str]:
    """One line per frame in the learner's files, innermost last: file, line number, function, code."""
    root = str(modules)
    lines = [
        f"{Path(frame.filename).relative_to(modules)}, line {frame.lineno}, in {frame.name}: {frame.line}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(root)
    ]
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(root):
        place = Path(str(error.filename)).relative_to(modules)
        lines.append(f"{place}, line {error.lineno}: {(error.text or '').strip()}")
    return lines[-8:]


def _text_of(error: BaseException) -> str:
    try:
        return str(error)[:_LONGEST]
    except Exception as inner:  # a learner's exception may fail even at telling its message
        return f"its message cannot be shown ({type(inner).__name__})"
