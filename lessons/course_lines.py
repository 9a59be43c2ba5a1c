"""The course as its author wrote it, line by line: what each heading promises. Never loads torch."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lessons.catalog import LESSONS

COURSE = LESSONS / "course.md"
_HEADING = re.compile(r"^(#{2,4}) (.+)$")
_ITEM = re.compile(r"^(?:-|\d+\.) (.+)$")
_WEEKS = re.compile(r"Week (\d+-\d+)")
_FENCE = "```"


@dataclass(frozen=True)
class CourseLine:
    """One promise of the course: a bullet, a project, or a diagram that stands under a heading of its own."""

    section: str  # such as "Week 13-14: CNN Mathematics"
    heading: str  # such as "Key Mathematical Concepts"
    text: str

    @property
    def weeks(self) -> str:
        """ "13-14" for a line of a unit, "" for one that holds for the whole phase."""
        found = _WEEKS.search(self.section)
        return found[1] if found else ""


@cache
def course_lines() -> tuple[CourseLine, ...]:
    """Every line of course.md that promises something, in its order."""
    return tuple(_lines(COURSE.read_text(encoding="utf-8")))


def _lines(text: str) -> Iterator[CourseLine]:
    section = heading = ""
    in_fence = told = False
    for row in text.splitlines():
        if row.startswith(_FENCE):
            in_fence = not in_fence
            if in_fence and not told:  # a diagram, and nothing else was said under this heading
                yield CourseLine(section, heading, heading)
            continue
        if in_fence:
            continue
        if found := _HEADING.match(row):
            told = False
            words = _bare(found[2])
            if found[1] == "##":
                section, heading = words, ""
            else:
                heading = words
                if words.startswith("Project:"):
                    yield CourseLine(section, heading, words)
        elif found := _ITEM.match(row):
            told = True
            yield CourseLine(section, heading, _bare(found[1]))


def _bare(words: str) -> str:
    """Without the signs of Markdown, and without the colon that ends a heading."""
    return words.replace("**", "").replace("`", "").strip().removesuffix(":")
