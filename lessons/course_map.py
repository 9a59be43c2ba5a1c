"""Where each line of the course stands in the tutor, by ids. Never loads torch."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lessons.catalog import LESSONS
from lessons.course_lines import CourseLine

COURSE_MAP = LESSONS / "course_map.toml"
KINDS = ("lessons", "exercises", "projects", "ablations", "pictures", "criteria")


@dataclass(frozen=True)
class Row:
    """One row of course_map.toml: a line of the course, and the ids of what meets it."""

    begins: str
    weeks: str
    places: Mapping[str, tuple[str, ...]]  # kind -> ids, in the order of KINDS
    later: str  # the id of what still has to be built; "" where nothing is missing
    note: str  # what is true where the line is loose

    def names(self, line: CourseLine) -> bool:
        """Whether this row is about that line."""
        return line.weeks == self.weeks and line.text.startswith(self.begins)


@dataclass(frozen=True)
class Placed:
    """A line of the course with its row; None where it has none."""

    line: CourseLine
    row: Row | None


def map_rows(path: Path = COURSE_MAP) -> tuple[Row, ...]:
    """The rows of course_map.toml, as they are written."""
    with path.open("rb") as file:
        return tuple(_row(row) for row in tomllib.load(file)["line"])


def placed_lines(lines: Sequence[CourseLine], rows: Sequence[Row]) -> tuple[Placed, ...]:
    """Each line with the row that names it."""
    return tuple(Placed(line, next((row for row in rows if row.names(line)), None)) for line in lines)


def problems(
    lines: Sequence[CourseLine], rows: Sequence[Row], known: Mapping[str, Sequence[str]], weeks_to_come: Sequence[str]
) -> list[str]:
    """What is missing or dangling, a sentence each.

    `known` holds the ids that there are, by kind, and under "later" those that are still to be built;
    `weeks_to_come` are the weeks of which nothing is taught yet.
    """
    return [
        *_missing(placed_lines(lines, rows), weeks_to_come),
        *_rows_that_name_no_one_line(lines, rows),
        *(sentence for row in rows for sentence in _dangling(row, known)),
    ]


def _missing(placed: Sequence[Placed], weeks_to_come: Sequence[str]) -> Iterator[str]:
    for each in placed:
        if each.row is None and each.line.weeks not in weeks_to_come:
            yield f'The line "{each.line.text}" has no row: add a [[line]] that says what meets it.'


def _rows_that_name_no_one_line(lines: Sequence[CourseLine], rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        named = [line for line in lines if row.names(line)]
        if len(named) != 1:
            yield f'"{row.begins}" begins {len(named)} lines of course.md: write enough of one to name it alone.'
    for line in lines:
        if sum(row.names(line) for row in rows) > 1:
            yield f'The line "{line.text}" has several rows: put their ids into one.'


def _dangling(row: Row, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for kind, ids in row.places.items():
        for each in ids:
            if each not in known[kind]:
                yield f'"{row.begins}": there is nothing called {each} among the {kind}.'
    if row.later and row.later not in known["later"]:
        yield f'"{row.begins}": {row.later} is not something that is still to come; say what meets the line now.'
    if not row.later and not any(row.places.values()):
        yield f'"{row.begins}": it names nothing that meets the line.'


def _row(row: Mapping[str, Any]) -> Row:
    return Row(
        begins=row["begins"],
        weeks=row.get("weeks", ""),
        places={kind: tuple(row.get(kind, ())) for kind in KINDS},
        later=row.get("later", ""),
        note=row.get("note", ""),
    )
