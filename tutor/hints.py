"""The ladder of hints: each call goes one step further, and the record knows how far."""

from typing import NamedTuple

from lessons.catalog import Exercise
from progress.evidence import EvidenceStore
from progress.record_errors import RecordError
from tutor.workspace import Workspace


class Hint(NamedTuple):
    number: int
    of: int
    text: str
    notice: str | None = None  # why the record does not know that it was shown


def next_hint(workspace: Workspace, exercise: Exercise) -> Hint:
    """The next step of the ladder, or the last one again; without a writable record, the first."""
    notice = None
    try:
        shown = EvidenceStore(workspace.record_folder).hint_shown(exercise.id)
    except RecordError as error:
        shown, notice = 1, f"Not recorded, so the next call shows it again: {error}"
    number = min(shown, len(exercise.hints))
    return Hint(number, len(exercise.hints), exercise.hints[number - 1], notice)
