"""A lesson, page by page: steps that unfold, a figure that is played with, questions before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.key_words import entries, fitting
from tutor.drawing.lesson_places import Asked
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, FAINT, STRONG, Row, spread
from tutor.figures.figure import Figure
from tutor.figures.shown import ShownFigure
from tutor.reading import Reading
from tutor.screens.shell import Shell
from tutor.widgets.figure_picture import FigurePicture
from tutor.widgets.picture import Picture

WIDE = 120


class LessonScreen(Shell):
    """Shows the pages; asks by messages for the questions, for a figure's numbers and for the exercise."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss", "lesson.tcss"]
    ABOUT = (
        "A lesson in pages. A line that begins with + is a step to try before it is unfolded: o opens the next one, "
        "O all of a page. f shows the figure, whose numbers are computed while you play; on a wide terminal it stands "
        "beside the text."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", "answer", id="answer"),
        Binding("o", "unfold", "unfold", id="unfold"),
        Binding("O", "unfold_all", "unfold all", show=False, id="unfold_all"),
        Binding("space,pagedown", "more", "more", id="more"),
        Binding("n,right", "turn(1)", "next page", id="next"),
        Binding("p,left", "turn(-1)", "page back", id="previous"),
        Binding("f", "figure", "figure", id="figure"),
        Binding("g", "exercise", "exercise", id="exercise"),
        Binding("pageup", "scroll(-10)", "up", show=False),
        Binding("up,k", "scroll(-1)", "up", show=False),
        Binding("down,j", "scroll(1)", "down", show=False),
    ]

    @dataclass
    class ExerciseWanted(Message):
        """The learner goes on to the exercise that this lesson leads to."""

        exercise_id: str

    @dataclass
    class QuestionsWanted(Message):
        """The question that stands before the lesson, or those that stand after it, are to be asked."""

        lesson_id: str
        when: str

    class NumbersWanted(Message):
        """The figure waits for an answer of the lab."""

    def __init__(
        self,
        lesson_id: str,
        title: str,
        pages: Sequence[str],
        figure: Figure | None = None,
        leads_to: str | None = None,
        asked: Asked | None = None,
        charset: Charset = UNICODE,
    ) -> None:
        super().__init__(charset)
        self.lesson_id, self.lesson_title = lesson_id, printable_line(title)
        self.reading = Reading(self.lesson_title, pages)
        self.figure = ShownFigure(figure)
        self.leads_to, self.asked = leads_to, asked or Asked()
        self.shows_figure = False

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="both"):
            yield Picture(self._draw_page, id="page", classes="body")
            yield FigurePicture(self.figure, self.charset, id="figure", classes="body")

    def on_mount(self) -> None:
        self._arrange()
        self.call_after_refresh(self._ask_for_numbers)  # the lab loads torch while the first page is read

    # ---- what the app tells

    def show_asked(self, asked: Asked) -> None:
        """What has been answered by now."""
        self.asked = asked
        self._repaint_page()
        self.refresh_bindings()

    @property
    def wanted(self) -> dict[str, Any] | None:
        """What the figure has to know now."""
        return self.figure.wanted

    def take_numbers(self, question: dict[str, Any], answer: dict[str, Any]) -> None:
        """An answer of the lab to what the figure asked."""
        if self.figure.take(question, answer):
            self.query_one(FigurePicture).paint()

    def show_refusal(self, refusal: str) -> None:
        """The figure's numbers cannot be had, for this reason."""
        self.figure.refuse(refusal)
        self.query_one(FigurePicture).paint()

    # ---- the frame

    @property
    def about(self) -> str:
        keys = self.figure.keys
        return f"{self.ABOUT} In the figure: {', '.join(entries(keys))}." if keys else self.ABOUT

    def title_row(self, width: int) -> Row:
        right: Row = [(f"page {self.reading.number + 1} of {len(self.reading.pages)}", FAINT)]
        return spread([("Lesson  ", FAINT), (self.lesson_title, STRONG)], right, width, self.charset.cut)

    def hint_row(self, width: int) -> Row:
        key = f"{STRONG} {ACCENT}"
        if self.figure_is_open:
            return [(self.charset.translate(fitting(self.figure.keys, width)), FAINT)]
        if self.reading.questions_of(self.asked):
            words = "answers the question; n goes on without" if self.reading.is_first else "starts the questions"
            return [("enter ", key), (words, "")]
        if self.figure.keys and self.reading.has("figure"):
            return [("f ", key), ("opens the figure that this page talks about.", "")]
        if self.reading.opened < self.reading.steps:
            return [("o ", key), ("unfolds the next step. Try it yourself first.", "")]
        if self.reading.is_last and self.leads_to:
            return [("enter ", key), (f"goes on to the exercise {self.leads_to}.", "")]
        return []

    @property
    def figure_is_open(self) -> bool:
        """Whether the figure can be seen: in place of the text, or beside it on a wide terminal."""
        return self.figure.keys != "" and self.shows_figure

    @property
    def is_wide(self) -> bool:
        """Whether text and figure fit side by side."""
        return self.size.width >= WIDE

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "figure":
                return self.figure.keys != ""
            case "unfold" | "unfold_all":
                return self.reading.steps > 0
            case "answer":
                asks = self.reading.questions_of(self.asked) is not None
                return asks or (self.reading.is_last and self.leads_to is not None)
            case "exercise":
                return self.leads_to is not None
        return super().check_action(action, parameters)

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        """An open figure has the first word on every key; what it does not know goes on to the bindings."""
        if self.figure_is_open and self.query_one(FigurePicture).press(event.key):
            event.stop()
            event.prevent_default()
            self._ask_for_numbers()

    def on_screen_suspend(self) -> None:
        """Nothing plays below another screen."""
        self.query_one(FigurePicture).stop_playing()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._arrange()

    def action_back(self) -> None:
        """Out of a figure that has taken the place of the text, else out of the lesson."""
        if self.figure_is_open and not self.is_wide:
            self.action_figure()
        else:
            super().action_back()

    def action_answer(self) -> None:
        """The question of this page, or where it is answered the exercise."""
        when = self.reading.questions_of(self.asked)
        if when:
            self.post_message(self.QuestionsWanted(self.lesson_id, when))
        elif self.reading.is_last:
            self.action_exercise()

    def action_unfold(self) -> None:
        """Open the next step and bring it into view; fold all of them again after the last."""
        step = self.reading.unfold()
        self._repaint_page()
        if step is not None:
            self.query_one("#page", Picture).show_rows(*self.reading.rows_of_step(step))

    def action_unfold_all(self) -> None:
        """Open every step of the page; fold them where all are open."""
        self.reading.unfold_all()
        self._repaint_page()

    def action_more(self) -> None:
        """On by a window; at the end of the page, or of the figure in its place, to the next one."""
        if not self._scrolled.scroll_on():
            self.action_turn(1)

    def action_turn(self, by: int) -> None:
        is_another = self.reading.turn(by)
        if not self.is_wide:
            self.shows_figure = False
        self._arrange()
        if is_another:
            self.query_one("#page", Picture).paint(from_top=True)

    def action_figure(self) -> None:
        self.shows_figure = not self.shows_figure
        self._arrange()

    def action_exercise(self) -> None:
        if self.leads_to:
            self.post_message(self.ExerciseWanted(self.leads_to))

    def action_scroll(self, rows: int) -> None:
        self._scrolled.scroll_relative(y=rows, animate=False)

    # ---- drawing

    @property
    def _scrolled(self) -> Picture:
        """What the scrolling keys move: the text, or a figure that has taken its place."""
        return self.query_one("#figure" if self.figure_is_open and not self.is_wide else "#page", Picture)

    def _ask_for_numbers(self) -> None:
        if self.wanted is not None:
            self.post_message(self.NumbersWanted())

    def _repaint_page(self) -> None:
        self.query_one("#page", Picture).paint()
        self.repaint_frame()

    def _arrange(self) -> None:
        """Text, figure or both, as the width and the learner want."""
        self.query_one("#page").display = self.is_wide or not self.figure_is_open
        self.query_one("#figure").display = self.figure_is_open
        if not self.figure_is_open:
            self.query_one(FigurePicture).stop_playing()
        self.repaint_frame()
        self.refresh_bindings()

    def _draw_page(self, width: int, _height: int) -> list[Row]:
        return self.reading.draw(width, self.charset, self.asked)
