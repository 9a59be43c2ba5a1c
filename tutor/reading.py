"""How a lesson is read: the page that is open, its steps that are unfolded, and the rows of it."""

from collections.abc import Sequence

from lessons.lesson_page import Part, Place, parts_of
from tutor.drawing.charset import Charset
from tutor.drawing.lesson_page import DrawnPage, draw_lesson_page, steps_in
from tutor.drawing.lesson_places import Asked, draw_places
from tutor.drawing.rows import Row

PAGE_WIDTH = 76


class Reading:
    """The pages of one lesson; each keeps the steps that were unfolded on it when another one is opened."""

    def __init__(self, title: str, pages: Sequence[str]) -> None:
        self.pages = [_parts(page, title) for page in pages] or [()]
        self.number = 0
        self._open_steps: dict[int, int] = {}
        self._drawn = DrawnPage([], [])

    @property
    def is_first(self) -> bool:
        return self.number == 0

    @property
    def is_last(self) -> bool:
        return self.number + 1 == len(self.pages)

    @property
    def steps(self) -> int:
        """How many steps the page has."""
        return steps_in(self.pages[self.number])

    @property
    def opened(self) -> int:
        """How many of them are unfolded, from the first on."""
        return self._open_steps.get(self.number, 0)

    def has(self, place: str) -> bool:
        """Whether the page has a place for "question", "figure", "answer" or "questions"."""
        return Place(place) in self.pages[self.number]

    def questions_of(self, asked: Asked) -> str | None:
        """The questions of this page that wait for an answer: those asked "before" the lesson or "after" it."""
        if self.has("question"):
            return "before" if asked.before is not None and asked.given is None else None
        return "after" if self.has("questions") and not asked.all_right else None

    def turn(self, by: int) -> bool:
        """On or back by pages; False at the end."""
        before, self.number = self.number, min(max(self.number + by, 0), len(self.pages) - 1)
        return self.number != before

    def unfold(self) -> int | None:
        """Open the next step and tell its number; fold all of them after the last, and tell nothing."""
        step = self.opened
        self._open_steps[self.number] = step + 1 if step < self.steps else 0
        return step if step < self.steps else None

    def unfold_all(self) -> None:
        """Open every step of the page; fold them where all are open."""
        self._open_steps[self.number] = 0 if self.opened == self.steps else self.steps

    def draw(self, width: int, charset: Charset, asked: Asked) -> list[Row]:
        """The page's rows, with what has been asked and answered in its places."""
        width = min(width, PAGE_WIDTH)
        places = draw_places(asked, width, charset)
        page = self.pages[self.number]
        self._drawn = draw_lesson_page(page, width, charset, open_steps=self.opened, places=places)
        return self._drawn.rows

    def rows_of_step(self, step: int) -> tuple[int, int]:
        """Where a step stood when the page was drawn last: its first row, and the one behind its last."""
        return self._drawn.steps[step]


def _parts(page: str, title: str) -> tuple[Part, ...]:
    return parts_of(page.strip("\n").removeprefix(f"# {title}\n"))  # the title stands above already
