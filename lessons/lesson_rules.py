"""What every lesson has to have; a sentence for each thing that is missing, with the place and what to add."""

from collections.abc import Iterator, Sequence

from lessons.catalog import Curriculum, Lesson
from lessons.lesson_page import PageUnreadable, Part, Place, Step, Text, parts_of

MOST_BLOCKS = 40
WIDEST_CODE = 72  # 76 columns less the indent that an equation is drawn with
FEWEST_STEPS = 2
_HEADINGS = {"Where it stands": "paper, section and equation", "Why this": "the trade-off as an equation"}


def lesson_problems(curriculum: Curriculum, figures: Sequence[str]) -> list[str]:
    """Of all lessons; `figures` are the names of those that there are."""
    exercises = {exercise.id for exercise in curriculum.exercises}
    return [
        f"lessons/{lesson.file}: {sentence}"
        for lesson in curriculum.lessons
        for sentence in _of_lesson(lesson, figures, exercises)
    ]


def _of_lesson(lesson: Lesson, figures: Sequence[str], exercises: set[str]) -> Iterator[str]:
    try:
        pages = [parts_of(page) for page in lesson.pages]
    except PageUnreadable as error:
        yield str(error)
        return
    yield from _places(pages)
    yield from _texts(lesson)
    if sum(isinstance(part, Step) for page in pages for part in page) < FEWEST_STEPS:
        yield f"it has fewer than {FEWEST_STEPS} steps to unfold: derive, in <details><summary>...</summary>."
    if lesson.figure not in figures:
        yield f'its figure "{lesson.figure}" is none of {", ".join(figures)}.'
    if lesson.leads_to not in exercises:
        yield f'it leads to "{lesson.leads_to}", which is no exercise.'
    for number, page in enumerate(pages, 1):
        yield from (f"page {number}: {sentence}" for sentence in _page(page))


def _places(pages: Sequence[tuple[Part, ...]]) -> Iterator[str]:
    """Each place once: the opening question first, the last questions at the end."""
    found = [(part.name, number) for number, page in enumerate(pages) for part in page if isinstance(part, Place)]
    for name in ("question", "answer", "figure", "questions"):
        count = sum(each == name for each, _ in found)
        if count != 1:
            yield f"<!-- {name} --> stands there {count} times: it belongs there once."
    if ("question", 0) not in found:
        yield "the opening question is not on the first page."
    if ("questions", len(pages) - 1) not in found:
        yield "<!-- questions --> is not on the last page."


def _texts(lesson: Lesson) -> Iterator[str]:
    text = "\n".join(lesson.pages)
    for heading, what in _HEADINGS.items():
        if f"\n## {heading}" not in f"\n{text}":
            yield f'no page is headed "{heading}": say {what}.'


def _page(parts: Sequence[Part]) -> Iterator[str]:
    texts = [part.markdown for part in parts if isinstance(part, Text | Step)]
    blocks = sum(len([block for block in text.split("\n\n") if block.strip()]) for text in texts) + len(parts)
    if blocks > MOST_BLOCKS:
        yield f"it has {blocks} blocks, and {MOST_BLOCKS} are what a page may have: divide it."
    for line in "\n".join(texts).split("\n"):
        if line.startswith("    ") and len(line.rstrip()) - 4 > WIDEST_CODE:
            yield f'"{line.strip()[:30]}..." is {len(line.rstrip()) - 4} columns wide, {WIDEST_CODE} fit.'
