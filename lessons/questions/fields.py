"""One table of a questions file, read field by field; what does not fit is told by file, question and field."""

from collections.abc import Iterable, Mapping
from typing import Any


class QuestionUnreadable(Exception):
    """A questions file that cannot be used: which file and question, which field, and what to write."""

    def __init__(self, thing: str, place: str, next_step: str) -> None:
        super().__init__(thing, place, next_step)
        self.thing, self.place, self.next_step = thing, place, next_step

    def __str__(self) -> str:
        return f"{self.thing}\n  where: {self.place}\n  next:  {self.next_step}"


class Fields:
    """The fields of one table. Every reader names the field that it misses or cannot take."""

    def __init__(self, row: object, place: str) -> None:
        self.place = place
        if not isinstance(row, Mapping):
            raise QuestionUnreadable("Here is no table.", place, "write it as a table of fields")
        self.row: Mapping[str, Any] = row

    def unreadable(self, name: str, problem: str, next_step: str) -> QuestionUnreadable:
        """The error about one field."""
        return QuestionUnreadable(f"The field {name} {problem}.", self.place, next_step)

    def allow(self, names: Iterable[str]) -> None:
        """Refuse any other field: a misspelt one would be passed over."""
        known = tuple(names)
        for name in self.row:
            if name not in known:
                raise self.unreadable(name, "is not known", f"use one of {', '.join(known)}")

    def text(self, name: str, default: str | None = None) -> str:
        """A text that says something; one with a default may be left out."""
        value = self.row.get(name, default)
        if value is None:
            raise self.unreadable(name, "is missing", f'add {name} = "..."')
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.unreadable(name, "is no text", f'write {name} = "..."')
        return value.strip()

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self.text(name)
        if value not in allowed:
            raise self.unreadable(name, f'is "{value}"', f"write one of {', '.join(allowed)}")
        return value

    def number(self, name: str, default: float | None = None) -> int | float:
        """A number; `true` is none."""
        value = self.row.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.unreadable(name, "is no number", f"write {name} = a number")
        return value

    def truth(self, name: str) -> bool:
        """true or false."""
        value = self.row.get(name)
        if not isinstance(value, bool):
            raise self.unreadable(name, "is neither true nor false", f"write {name} = true or {name} = false")
        return value

    def tables(self, name: str) -> list["Fields"]:
        """The tables of a list, each with its number in its place."""
        value = self.row.get(name, [])
        if not isinstance(value, list):
            raise self.unreadable(name, "is no list of tables", f"write each as [[question.{name}]]")
        return [Fields(row, f"{self.place}, {name} {number}") for number, row in enumerate(value, 1)]
