"""Whether the rows of curriculum.toml and the folders beside it agree, read before the catalogue trusts them."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lessons.catalog import LESSONS

CURRICULUM = "curriculum.toml"
TEXTS, LISTS = ("title", "file", "equation", "citation", "after"), ("needs", "hints", "denied")
NAME = re.compile(r"[a-z][a-z0-9_]*")
ID = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class RowProblem:
    """What does not agree, and for which exercise; `fatal` where the catalogue cannot be read at all."""

    exercise_id: str
    sentence: str
    fatal: bool = False
    rowless: bool = False  # a folder that no row makes an exercise


def row_problems(lessons: Path = LESSONS) -> list[RowProblem]:
    """Every disagreement between curriculum.toml and the folders of `lessons`."""
    try:
        table = tomllib.loads((lessons / CURRICULUM).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [RowProblem("", f"{CURRICULUM} is not readable as TOML ({error}): mend that line", fatal=True)]
    rows = [row for row in table.get("exercise", []) if isinstance(row.get("id"), str)]
    nameless = len(table.get("exercise", [])) - len(rows)
    found = [RowProblem("", f'{CURRICULUM}: a row has no id: add id = "unit/name"', fatal=True)] * nameless
    for row in rows:
        found += [RowProblem(row["id"], f"{CURRICULUM}: {words}", fatal=True) for words in _misshapen(row)]
    if any(problem.fatal for problem in found):
        return found
    return [*found, *_misplaced(rows, table.get("unit", [])), *_doubled(rows), *_folders(rows, lessons)]


def _misshapen(row: dict[str, Any]) -> Iterator[str]:
    """What the catalogue would stumble over."""
    for key in TEXTS:
        if not isinstance(row.get(key), str):
            yield f'{row["id"]} has no text `{key}`: add {key} = "..."'
    for key in LISTS:
        if not _is_list_of_texts(row.get(key, [])):
            yield f'{row["id"]}: `{key}` is no list of texts: write {key} = ["..."]'
    if not _are_conventions(row.get("conventions", {})):
        yield f'{row["id"]}: `conventions` gives no name two values: write conventions = {{ name = ["one", "other"] }}'
    if ("symbol" in row) == ("symbols" in row):
        yield f"{row['id']} needs either `symbol` or `symbols`: name what the learner's file must define"
    elif not (_is_list_of_texts(row["symbols"]) and row["symbols"] if "symbols" in row else _is_text(row["symbol"])):
        yield f'{row["id"]}: what it must define is no name: write symbol = "name" or symbols = ["one", "two"]'


def _misplaced(rows: list[dict[str, Any]], units: list[dict[str, Any]]) -> Iterator[RowProblem]:
    """Ids that name no place in a unit, and files outside the unit's folder."""
    order = {unit["id"]: unit["exercises"] for unit in units}
    for row in rows:
        unit, _, name = row["id"].partition("/")
        if not ID.fullmatch(row["id"]):
            yield _problem(row, "is no id: write unit/name in small letters, digits and _")
        elif unit not in order:
            yield _problem(row, f"belongs to no unit: there are {', '.join(order)}")
        elif name not in order[unit]:
            yield _problem(row, f'is not in the order of its unit: add "{name}" to the exercises of {unit}')
        if not (row["file"].startswith(f"{unit}/") and row["file"].endswith(".py")):
            yield _problem(row, f"has the file {row['file']}: the learner's file is {unit}/SOMETHING.py")
    for unit, names in order.items():
        for name in _repeated(names):
            yield RowProblem(f"{unit}/{name}", f"{CURRICULUM}: {unit} lists {name} twice: leave one")


def _doubled(rows: list[dict[str, Any]]) -> Iterator[RowProblem]:
    for exercise_id in _repeated([row["id"] for row in rows]):
        yield RowProblem(exercise_id, f"{CURRICULUM}: {exercise_id} has two rows: keep one, or give it another id")
    for file in _repeated([row["file"] for row in rows]):
        ids = [row["id"] for row in rows if row["file"] == file]
        if len(set(ids)) > 1:
            sharing = " and ".join(ids)
            yield RowProblem(ids[-1], f"{CURRICULUM}: {sharing} share the file {file}: give each its own")


def _folders(rows: list[dict[str, Any]], lessons: Path) -> Iterator[RowProblem]:
    """Rows without a folder, and folders without a row."""
    for row in rows:
        if not (lessons / row["id"]).is_dir():
            yield _problem(row, f"has no folder: make lessons/{row['id']}/ with stub.py, observe.py and check.py")
    known = {row["id"] for row in rows}
    for exercise_id in sorted(_folders_of_exercises(lessons)):
        if exercise_id not in known:
            words = f'lessons/{exercise_id}/ has no row: add [[exercise]] id = "{exercise_id}" to {CURRICULUM}'
            yield RowProblem(exercise_id, words, rowless=True)


def _folders_of_exercises(lessons: Path) -> set[str]:
    """Folders that hold any part of an exercise, by the ids that they would have."""
    parts = ("stub.py", "observe.py", "check.py", "oracle.py", "mistakes", "variants")
    return {
        place.parent.relative_to(lessons).as_posix() for part in parts for place in lessons.glob(f"*/*/{part}")
    }  # fmt: skip


def _problem(row: dict[str, Any], words: str) -> RowProblem:
    return RowProblem(row["id"], f"{CURRICULUM}: {row['id']} {words}")


def _repeated(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _are_conventions(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_list_of_texts(each) and len({*each}) > 1 for each in value.values())


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))
