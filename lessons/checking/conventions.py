"""Conventions on which good engineers differ: a file declares its own in a constant, and is judged by that.

    CONVENTIONS = {"gate_order": "ifgo"}

The constant is read as text, before anything runs: what is right is then computed while the learner's code is. Allowed
values stand in curriculum.toml, the exercise's `conventions`; the first of each is what the stub declares.
"""

import ast
from collections.abc import Iterator
from itertools import product
from typing import Any

from lessons.catalog import DECLARATION, Exercise

Declared = tuple[tuple[str, str], ...]  # (name, value), in the order of curriculum.toml


class NotDeclared(Exception):
    """A file declares no conventions, or not those of its exercise; says what to write."""


def declared_in(exercise: Exercise, source: bytes | str) -> Declared:
    """What the file's text declares, every name with an allowed value; () where the exercise has no conventions."""
    if not exercise.conventions:
        return ()
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return first_of_each(exercise)  # nothing in it is right by any convention: whoever loads it tells why
    found = _constant(body)
    if not isinstance(found, dict):
        raise NotDeclared(f"the file declares no {DECLARATION}; add at its top level, as it stands: {_form(exercise)}")
    if found.keys() != exercise.conventions.keys():
        raise NotDeclared(f"{DECLARATION} has other names than the exercise's; write {_form(exercise)}")
    for name, allowed in exercise.conventions.items():
        if found[name] not in allowed:
            told = ", ".join(f'"{value}"' for value in allowed)
            raise NotDeclared(f'{DECLARATION}["{name}"] is {found[name]!r}; it can be one of {told}')
    return tuple((name, found[name]) for name in exercise.conventions)


def first_of_each(exercise: Exercise) -> Declared:
    """What the stub declares."""
    return tuple((name, allowed[0]) for name, allowed in exercise.conventions.items())


def others(exercise: Exercise, declared: Declared) -> Iterator[Declared]:
    """Everything else that could be declared, what differs in the fewest names first."""
    everything = (tuple(zip(exercise.conventions, row, strict=True)) for row in product(*exercise.conventions.values()))
    yield from sorted((each for each in everything if each != declared), key=lambda each: len({*each} - {*declared}))


def apart(declared: Declared, written: Declared) -> tuple[str, str]:
    """('gate_order "ifgo"', 'gate_order "ifog"'): where two declarations differ, in words."""
    pairs = [(one, other) for one, other in zip(declared, written, strict=True) if one != other]
    one, other = (" and ".join(f'{name} "{value}"' for name, value in side) for side in zip(*pairs, strict=True))
    return one, other


def _constant(body: list[ast.stmt]) -> Any:
    """The last value that the top level gives it; None where that is not written out."""
    value = None
    for statement in body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value and _names(targets):
            try:
                value = ast.literal_eval(statement.value)
            except (ValueError, TypeError, RecursionError):
                value = None
    return value


def _names(targets: list[Any]) -> bool:
    return any(isinstance(target, ast.Name) and target.id == DECLARATION for target in targets)


def _form(exercise: Exercise) -> str:
    rows = ", ".join(f'"{name}": "{value}"' for name, value in first_of_each(exercise))
    return f"{DECLARATION} = {{{rows}}}"
