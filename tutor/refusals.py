"""A wish that cannot be met: what, where, and the next step. Every room's own errors of that shape are told alike."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lessons.catalog import Exercise, Lesson

WRONG_USAGE, NOT_VERIFIABLE = 2, 3


@dataclass
class Refusal(Exception):
    """Printed to stderr by the command line, shown as a notice by the app; 2 is wrong usage, 3 cannot be done here."""

    thing: str
    place: str
    next_step: str
    exit_code: int = WRONG_USAGE

    def __str__(self) -> str:
        return f"{self.thing}\n  where: {self.place}\n  next:  {self.next_step}"


def as_refusal(error: Exception) -> Refusal | None:
    """An error that another room raised with the same three fields, as a Refusal; None for any other error."""
    if isinstance(error, Refusal):
        return error
    fields = [getattr(error, name, None) for name in ("thing", "place", "next_step")]
    if not all(isinstance(field, str) for field in fields):
        return None
    return Refusal(*map(str, fields), exit_code=getattr(error, "exit_code", WRONG_USAGE))


def find_exercise(exercise_id: str) -> "Exercise":
    from lessons.catalog import curriculum, exercises_by_id

    exercises = exercises_by_id()
    if exercise_id in exercises:
        return exercises[exercise_id]
    if exercise_id in curriculum().exercise_ids:
        thing = f"{exercise_id} belongs to the course, but is not built in this version."
        raise Refusal(thing, "the course", "see what is there: phase3-tutor status", NOT_VERIFIABLE)
    closest = get_close_matches(exercise_id, exercises, n=1, cutoff=0.0)[0]
    next_step = f"try {closest}, or see them all: phase3-tutor status"
    raise Refusal(f'No exercise is called "{exercise_id}".', "the course", next_step)


def find_lesson(lesson_id: str) -> "Lesson":
    from lessons.catalog import lessons_by_id

    lessons = lessons_by_id()
    if lesson_id in lessons:
        return lessons[lesson_id]
    closest = get_close_matches(lesson_id, lessons, n=1, cutoff=0.0)[0]
    raise Refusal(f'No lesson is called "{lesson_id}".', "the course", f"try: phase3-tutor lesson {closest}")
