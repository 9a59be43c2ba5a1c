"""Writes a new exercise into the text of curriculum.toml, and leaves all that its authors wrote as it is."""

import re
import tomllib
from typing import Any


class TextNotUnderstood(Exception):
    """The text has another form than the one that this can change."""


def with_exercise(text: str, exercise_id: str, row: str) -> str:
    """`text` with the row after that of the exercise which comes before it, and its name in the unit's order.

    A name that is not in the order yet comes last. What came of it is read again: nothing else may have changed.
    """
    before = tomllib.loads(text)
    unit, name = exercise_id.split("/")
    listed = any(each["id"] == unit and name in each["exercises"] for each in before["unit"])
    changed = text if listed else _in_order(text, unit, name)
    order = [f"{each['id']}/{other}" for each in tomllib.loads(changed)["unit"] for other in each["exercises"]]
    rows = {each["id"] for each in before.get("exercise", [])}
    previous = next((each for each in reversed(order[: order.index(exercise_id)]) if each in rows), None)
    changed = _with_row(changed, previous, row)
    if not _only_that_is_new(before, tomllib.loads(changed), exercise_id):
        raise TextNotUnderstood(exercise_id)
    return changed


def _in_order(text: str, unit: str, name: str) -> str:
    """The name at the end of the unit's list, in its last line."""
    found = re.search(rf'^\[\[unit\]\]\nid = "{unit}"\n(?:(?!\[\[).*\n)*?exercises = \[[^\]]*', text, re.MULTILINE)
    if found is None:
        raise TextNotUnderstood(f"the exercises of {unit}")
    head = found[0].rstrip()
    comma = "" if head.endswith((",", "[")) else ","
    return f'{text[: found.start()]}{head}{comma} "{name}",\n{text[found.end() :]}'


def _with_row(text: str, previous: str | None, row: str) -> str:
    """Behind the row of `previous`; without one, before the first row of any kind that is not a unit's."""
    tables = [*re.finditer(r"^\[\[(\w+)\]\]\n", text, re.MULTILINE)]
    if previous is None:
        places = [table.start() for table in tables if table[1] != "unit"]
    else:
        own = f'id = "{previous}"\n'
        is_own = [table[1] == "exercise" and text.startswith(own, table.end()) for table in tables]
        if True not in is_own:
            raise TextNotUnderstood(f"the row of {previous}")
        places = [table.start() for table in tables[is_own.index(True) + 1 :]]
    place = places[0] if places else len(text)
    return f"{text[:place].rstrip()}\n\n{row.strip()}\n\n{text[place:]}".rstrip() + "\n"


def _only_that_is_new(before: dict[str, Any], after: dict[str, Any], exercise_id: str) -> bool:
    rows = [row for row in after["exercise"] if row["id"] != exercise_id]
    return (
        len(after["exercise"]) == len(rows) + 1
        and rows == before.get("exercise", [])
        and _units_without(after, exercise_id) == _units_without(before, exercise_id)
        and {**after, "exercise": 0, "unit": 0} == {**before, "exercise": 0, "unit": 0}
    )


def _units_without(table: dict[str, Any], exercise_id: str) -> list[dict[str, Any]]:
    return [
        unit | {"exercises": [name for name in unit["exercises"] if f"{unit['id']}/{name}" != exercise_id]}
        for unit in table["unit"]
    ]
