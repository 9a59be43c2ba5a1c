"""What changes from one variant of a question to the next, drawn by a seed: the same on every machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from lessons.questions.expression import Number, evaluate

T = TypeVar("T")


@dataclass(frozen=True)
class Drawn:
    """One of these numbers, each as likely as the others."""

    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Computed:
    """An expression in the variables above it."""

    expression: str


Variable = Drawn | Computed


def dice(question_id: str, seed: int) -> Random:
    """The chance of one variant. Python seeds from a string by SHA-512, so no hash of the process comes in."""
    return Random(f"{question_id}/{seed}")


def draw_one(chance: Random, of: Sequence[T]) -> T:
    """By `random()` alone: it is what Python promises to keep from one version to the next."""
    return of[int(chance.random() * len(of))]


def draw_some(chance: Random, of: Sequence[T], count: int) -> list[T]:
    """So many different ones, in a drawn order."""
    return sorted(of, key=lambda _: chance.random())[:count]


def draw_values(variables: Mapping[str, Variable], chance: Random) -> dict[str, Number]:
    """Every variable's value, from the first to the last."""
    values: dict[str, Number] = {}
    for name, variable in variables.items():
        match variable:
            case Drawn(numbers):
                values[name] = draw_one(chance, numbers)
            case Computed(expression):
                values[name] = evaluate(expression, values)
    return values
