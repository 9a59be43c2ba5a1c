"""The table [question.variables] of a questions file: what is drawn, and what is computed from it."""

import re
from typing import Any

from lessons.questions.expression import FUNCTIONS, Number, names_in
from lessons.questions.fields import Fields
from lessons.questions.variables import Computed, Drawn, Variable

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAKEN = {*FUNCTIONS, "pi", "answer"}
_MOST_VALUES = 10_000


def read_variables(question: Fields) -> dict[str, Variable]:
    """Every variable in the order of the file, each known to those below it."""
    table = Fields(question.row.get("variables", {}), f"{question.place}, variables")
    variables: dict[str, Variable] = {}
    for name, value in table.row.items():
        if not _NAME.fullmatch(name) or name in _TAKEN:
            raise table.unreadable(
                name, "cannot be a variable's name", "take letters and digits, and no function's name"
            )
        variables[name] = _variable(table, name, value, set(variables))
    return variables


def _variable(table: Fields, name: str, value: Any, above: set[str]) -> Variable:
    if _is_number(value):
        return Drawn((value,))
    if isinstance(value, list) and value and all(map(_is_number, value)):
        return Drawn(tuple(value))
    if isinstance(value, dict) and set(value) == {"expression"}:
        return Computed(_expression(table, name, value["expression"], above))
    if isinstance(value, dict) and {"from", "to"} <= set(value) <= {"from", "to", "step"}:
        return Drawn(_stepped(table, name, value))
    shapes = '[2, 4], { from = 16, to = 64, step = 16 } or { expression = "2 * H" }'
    raise table.unreadable(name, "is no variable", f"write {name} = {shapes}")


def _expression(table: Fields, name: str, expression: Any, above: set[str]) -> str:
    if not isinstance(expression, str):
        raise table.unreadable(name, "has an expression that is no text", 'write { expression = "2 * H" }')
    unknown = sorted(names_in(expression) - above)
    if unknown:
        raise table.unreadable(name, f"uses {', '.join(unknown)}", "use only variables that stand above it")
    return expression


def _stepped(table: Fields, name: str, value: dict[str, Any]) -> tuple[Number, ...]:
    """From `from` to `to`, both included where the step meets it."""
    first, last, step = value["from"], value["to"], value.get("step", 1)
    if not all(map(_is_number, (first, last, step))) or step <= 0 or last < first:
        raise table.unreadable(name, "has no such range", "write from and to with from <= to, and a step above 0")
    count = int((last - first) / step + 1e-9) + 1
    if count > _MOST_VALUES:
        raise table.unreadable(name, f"has {count:,} values", f"take a larger step: {_MOST_VALUES:,} at most")
    return tuple(first + place * step for place in range(count))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
