"""Screens of the course's places, filled from the catalogue and the standing."""

import ast
import time

from lessons.catalog import Exercise, curriculum, exercises_by_id, lessons_by_id
from lessons.syntax import parsed
from tutor.drawing.charset import Charset
from tutor.drawing.course_map import seconds_since
from tutor.drawing.durations import ago
from tutor.figures.registry import figure_of
from tutor.lesson_asking import asked_of
from tutor.screens.exercise import ExerciseScreen, Known
from tutor.screens.lesson import LessonScreen
from tutor.standing import ExerciseStanding, Standing
from tutor.workspace import Workspace


def exercise_screen(
    exercise_id: str, workspace: Workspace, standing: Standing | None, charset: Charset
) -> ExerciseScreen:
    """The exercise with its file, its present state and its place in the unit."""
    exercise = exercises_by_id()[exercise_id]
    row = next((row for row in standing.exercises if row.id == exercise_id), None) if standing else None
    known = Known(
        state=row.state if row else "",
        last=_last_check(row) if row else "",
        position=_position(exercise),
        has_lesson=lesson_for(exercise_id) is not None,
        stub=_stub(exercise),
    )
    return ExerciseScreen(exercise, str(workspace.file_of(exercise)), known, charset)


def lesson_screen(lesson_id: str, workspace: Workspace, charset: Charset) -> LessonScreen:
    """The lesson with its figure and its questions."""
    lesson = lessons_by_id()[lesson_id]
    figure = figure_of(lesson.figure, workspace.root if workspace.is_made else None)
    asked = asked_of(lesson, workspace)
    return LessonScreen(lesson.id, lesson.title, lesson.pages, figure, lesson.leads_to, asked, charset)


def lesson_for(exercise_id: str) -> str | None:
    """The lesson that leads to this exercise."""
    return next((lesson.id for lesson in curriculum().lessons if lesson.leads_to == exercise_id), None)


def map_hints() -> dict[str, str]:
    """One line for each place of the map: what it is about."""
    hints = {f"exercise:{each.id}": f"{each.file}   {each.citation}" for each in curriculum().exercises}
    hints |= {f"lesson:{lesson.id}": f"A lesson: {lesson.title}." for lesson in curriculum().lessons}
    hints |= {f"train:{unit.id}": f"{unit.goal}." for unit in curriculum().units}
    hints |= {"runs": "Every run: follow, stop, resume, see its feature maps."}
    return hints | {"criteria": "What opens Phase 4, and what is still missing."}


def place_name(place: str) -> str:
    """What to type for a place: its kind and id, and of a lesson the title too, by which the map calls it."""
    kind, _, name = place.partition(":")
    title = f": {lessons_by_id()[name].title}" if kind == "lesson" else ""
    return f"{kind} {name}".strip() + title


def next_after(exercise_id: str) -> str | None:
    """The exercise that follows in the course, of those that this version has."""
    ids = [exercise.id for exercise in curriculum().exercises]
    place = ids.index(exercise_id) + 1
    return ids[place] if place < len(ids) else None


def _last_check(row: ExerciseStanding) -> str:
    seconds = seconds_since(row.checked_at, time.time())
    words = (row.note, ago(seconds)) if seconds is not None else ()
    return ", ".join(word for word in words if word)


def _stub(exercise: Exercise) -> str:
    """Signature and docstring of what is to be written, as the stub gives them."""
    text = exercise.stub.read_text(encoding="utf-8")
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == exercise.symbol:
            signature = "\n".join(text.splitlines()[node.lineno - 1 : node.body[0].lineno - 1])
            return f"{signature}\n\n{ast.get_docstring(node) or ''}".strip()
    return ""


def _position(exercise: Exercise) -> str:
    unit = next(unit for unit in curriculum().units if unit.id == exercise.unit)
    return f"{unit.order.index(exercise.id) + 1} of {len(unit.order)}"
