"""A lesson, page by page, with its interactive figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.page import draw_page
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, FAINT, STRONG, Row, spread
from tutor.screens.shell import Shell
from tutor.widgets.picture import Picture

FIGURE_MARK = "<!-- figure -->"  # where a page says that the figure belongs
PAGE_WIDTH = 76
WIDE = 120


class Figure(Protocol):
    """A figure that is played with by keys."""

    keys: str  # what its keys do, in one line

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """How it stands now."""
        ...

    def press(self, key: str) -> bool:
        """Take a key; False if it is none of the figure's."""
        ...


class LessonScreen(Shell):
    """Shows the pages; tells when the exercise that follows is wanted."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss", "lesson.tcss"]
    ABOUT = (
        "A lesson in pages. f shows its figure, which is played with: every number in it is computed from what "
        "you see. On a wide terminal text and figure stand side by side."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,pagedown,space", "turn(1)", "next page", id="next"),
        Binding("p,pageup", "turn(-1)", "back a page", id="previous"),
        Binding("f", "figure", "figure", id="figure"),
        Binding("enter", "exercise", "exercise", id="exercise"),
        Binding("up,k", "scroll(-1)", "up", show=False),
        Binding("down,j", "scroll(1)", "down", show=False),
    ]

    @dataclass
    class ExerciseWanted(Message):
        """The learner goes on to the exercise that this lesson leads to."""

        exercise_id: str

    def __init__(
        self,
        title: str,
        pages: Sequence[str],
        figure: Figure | None = None,
        leads_to: str | None = None,
        charset: Charset = UNICODE,
    ) -> None:
        super().__init__(charset)
        self.lesson_title, self.pages = printable_line(title), list(pages) or [""]
        self.figure, self.leads_to = figure, leads_to
        self.page, self.shows_figure = 0, False

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="both"):
            yield Picture(self._draw_page, id="page", classes="body")
            yield Picture(self._draw_figure, id="figure", classes="body")

    def on_mount(self) -> None:
        self._arrange()

    def title_row(self, width: int) -> Row:
        right: Row = [(f"page {self.page + 1} of {len(self.pages)}", FAINT)]
        return spread([("Lesson  ", FAINT), (self.lesson_title, STRONG)], right, width, self.charset.cut)

    def hint_row(self, _width: int) -> Row:
        if self.figure and self.figure_is_open:
            return [(self.charset.translate(self.figure.keys), FAINT)]
        if self.figure and FIGURE_MARK in self.pages[self.page]:
            return [("f ", f"{STRONG} {ACCENT}"), ("opens the figure that this page talks about.", "")]
        if self.page + 1 == len(self.pages) and self.leads_to:
            return [("enter ", f"{STRONG} {ACCENT}"), (f"goes on to the exercise {self.leads_to}.", "")]
        return []

    @property
    def figure_is_open(self) -> bool:
        """Whether the figure can be seen: in place of the text, or beside it on a wide terminal."""
        return self.figure is not None and self.shows_figure

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "figure":
            return self.figure is not None
        if action == "exercise":
            return self.leads_to is not None and self.page + 1 == len(self.pages)
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """An open figure has the first word on every key; what it does not know goes on to the bindings."""
        if self.figure and self.figure_is_open and self.figure.press(event.key):
            event.stop()
            event.prevent_default()
            self.query_one("#figure", Picture).paint()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._arrange()

    def action_turn(self, by: int) -> None:
        self.page = min(max(self.page + by, 0), len(self.pages) - 1)
        if not self.is_wide:
            self.shows_figure = False
        self._arrange()
        self.query_one("#page", Picture).paint(from_top=True)

    def action_figure(self) -> None:
        self.shows_figure = not self.shows_figure
        self._arrange()

    def action_exercise(self) -> None:
        if self.leads_to:
            self.post_message(self.ExerciseWanted(self.leads_to))

    def action_scroll(self, rows: int) -> None:
        self.query_one("#page", Picture).scroll_relative(y=rows, animate=False)

    @property
    def is_wide(self) -> bool:
        """Whether text and figure fit side by side."""
        return self.size.width >= WIDE

    def _arrange(self) -> None:
        """Text, figure or both, as the width and the learner want."""
        self.query_one("#page").display = self.is_wide or not self.figure_is_open
        self.query_one("#figure").display = self.figure_is_open
        self.repaint_frame()
        self.refresh_bindings()

    def _draw_page(self, width: int, _height: int) -> list[Row]:
        text = self.pages[self.page].replace(FIGURE_MARK, "")
        text = text.removeprefix(f"# {self.lesson_title}\n")  # it stands above already
        return draw_page(text, min(width, PAGE_WIDTH), self.charset)

    def _draw_figure(self, width: int, _height: int) -> list[Row]:
        return self.figure.draw(width, self.charset) if self.figure else []
