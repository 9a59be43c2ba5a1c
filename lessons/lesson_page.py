"""A page of a lesson in its parts: text, steps that are unfolded one by one, and places for what is alive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

PLACES = ("question", "answer", "figure", "questions")
_MARK = re.compile(r"^<!-- (\w+) -->$")
_OPENS = re.compile(r"^<details><summary>(.+)</summary>$")
_CLOSES = "</details>"


class PageUnreadable(Exception):
    """A page is not written as a lesson's pages are; the sentence says where."""


@dataclass(frozen=True)
class Text:
    """Markdown that is always there."""

    markdown: str


@dataclass(frozen=True)
class Step:
    """A step of a derivation: a question or a claim to try first, and below it how it goes."""

    summary: str
    markdown: str


@dataclass(frozen=True)
class Place:
    """Where something alive stands: the question before reading, its answer, the figure, the questions at the end."""

    name: str


Part = Text | Step | Place


def parts_of(page: str) -> tuple[Part, ...]:
    """The page's parts in order; PageUnreadable where a step is not closed or a place has no such name."""
    return tuple(_parts(page.split("\n")))


def _parts(lines: list[str]) -> Iterator[Part]:
    text: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number].rstrip()
        number += 1
        opens, mark = _OPENS.match(line), _MARK.match(line)
        if not opens and not mark:
            text.append(line)
            continue
        yield from _text(text)
        text = []
        if mark:
            yield _place(mark[1])
        elif opens:
            end = next((n for n in range(number, len(lines)) if lines[n].rstrip() == _CLOSES), None)
            if end is None:
                raise PageUnreadable(f'The step "{opens[1]}" is not closed: add {_CLOSES} on a line of its own.')
            yield Step(opens[1], "\n".join(lines[number:end]).strip("\n"))
            number = end + 1
    yield from _text(text)


def _text(lines: list[str]) -> Iterator[Text]:
    markdown = "\n".join(lines).strip("\n")
    if markdown:
        yield Text(markdown)


def _place(name: str) -> Place:
    if name not in PLACES:
        raise PageUnreadable(f'There is no place called "{name}": use one of {", ".join(PLACES)}.')
    return Place(name)
