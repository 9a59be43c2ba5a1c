"""The course as data: units, exercises and lessons, read from curriculum.toml. Never loads torch."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LESSONS = Path(__file__).parent
DECLARATION = "CONVENTIONS"  # the constant in which a learner's file says which conventions it follows


@dataclass(frozen=True)
class Exercise:
    """One thing to build: where the learner writes it, what it must equal, and the ladder of hints."""

    id: str
    title: str
    file: str
    symbols: tuple[str, ...]  # what the file must define; most exercises ask for one thing
    equation: str
    citation: str
    needs: tuple[str, ...]
    hints: tuple[str, ...]
    denied: tuple[str, ...]
    after: str
    conventions: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, hash=False
    )  # what may be declared, and its values

    @property
    def judged_names(self) -> tuple[str, ...]:
        """What a verdict is about: its symbols, and the declaration by which they are right."""
        return (*self.symbols, DECLARATION) if self.conventions else self.symbols

    @property
    def symbol(self) -> str:
        """The first of its symbols: what an editor opens at, and what a net is assembled from."""
        return self.symbols[0]

    @property
    def called(self) -> str:
        """All of its symbols in words."""
        return " and ".join(filter(None, (", ".join(self.symbols[:-1]), self.symbols[-1])))

    @property
    def unit(self) -> str:
        return self.id.split("/")[0]

    @property
    def name(self) -> str:
        return self.id.split("/")[1]

    @property
    def folder(self) -> Path:
        return LESSONS / self.unit / self.name

    @property
    def stub(self) -> Path:
        return self.folder / "stub.py"


@dataclass(frozen=True)
class Lesson:
    """A text in pages, with the name of the interactive figure that belongs to it, if any."""

    id: str
    title: str
    file: str
    figure: str | None
    leads_to: str | None  # the exercise that turns this lesson into code

    @property
    def unit(self) -> str:
        return self.id.split("/")[0]

    @property
    def pages(self) -> tuple[str, ...]:
        text = (LESSONS / self.file).read_text(encoding="utf-8")
        return tuple(page.strip("\n") for page in text.split("\n---\n"))


@dataclass(frozen=True)
class Unit:
    """Two weeks of the course. `coming` are the ids that are taught but not built in this version."""

    id: str
    title: str
    weeks: str
    goal: str
    order: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    lessons: tuple[Lesson, ...]

    @property
    def coming(self) -> tuple[str, ...]:
        built = {exercise.id for exercise in self.exercises}
        return tuple(exercise_id for exercise_id in self.order if exercise_id not in built)


@dataclass(frozen=True)
class Curriculum:
    content_version: str
    units: tuple[Unit, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        return tuple(exercise for unit in self.units for exercise in unit.exercises)

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for unit in self.units for lesson in unit.lessons)

    @property
    def exercise_ids(self) -> tuple[str, ...]:
        """Every exercise of the course, those to come included."""
        return tuple(exercise_id for unit in self.units for exercise_id in unit.order)


@cache
def curriculum() -> Curriculum:
    """The whole course; read once per process."""
    with (LESSONS / "curriculum.toml").open("rb") as file:
        table = tomllib.load(file)
    exercises = {row["id"]: _exercise(row) for row in table.get("exercise", [])}
    lessons = [_lesson(row) for row in table.get("lesson", [])]
    units = tuple(_unit(row, exercises, lessons) for row in table["unit"])
    return Curriculum(table["content_version"], units)


@cache
def exercises_by_id() -> dict[str, Exercise]:
    return {exercise.id: exercise for exercise in curriculum().exercises}


@cache
def lessons_by_id() -> dict[str, Lesson]:
    return {lesson.id: lesson for lesson in curriculum().lessons}


def _exercise(row: dict) -> Exercise:
    lists: dict[str, Any] = {key: tuple(row.get(key, ())) for key in ("needs", "hints", "denied")}
    texts = {key: row[key] for key in ("id", "title", "file", "equation", "citation", "after")}
    symbols = tuple(row["symbols"] if "symbols" in row else [row["symbol"]])
    conventions = {name: tuple(values) for name, values in row.get("conventions", {}).items()}
    return Exercise(**texts, **lists, symbols=symbols, conventions=conventions)


def _lesson(row: dict) -> Lesson:
    return Lesson(row["id"], row["title"], row["file"], row.get("figure"), row.get("leads_to"))


def _unit(row: dict, exercises: dict[str, Exercise], lessons: list[Lesson]) -> Unit:
    order = tuple(f"{row['id']}/{name}" for name in row["exercises"])
    return Unit(
        id=row["id"],
        title=row["title"],
        weeks=row["weeks"],
        goal=row["goal"],
        order=order,
        exercises=tuple(exercises[exercise_id] for exercise_id in order if exercise_id in exercises),
        lessons=tuple(lesson for lesson in lessons if lesson.unit == row["id"]),
    )
