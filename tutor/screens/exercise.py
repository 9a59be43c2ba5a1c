"""One exercise: its equation and file, the verdict on what the learner wrote, hints, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from lessons.catalog import Exercise
from lessons.checking.verdict import DONE, Verdict
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.course_map import state_word
from tutor.drawing.page import draw_page
from tutor.drawing.printable import printable, printable_line
from tutor.drawing.rows import ACCENT, FAINT, STRONG, WARN, Row, fit, paragraphs, spread, wrap
from tutor.drawing.verdict_card import draw_printed, draw_verdict
from tutor.screens.shell import Shell
from tutor.widgets.picture import Picture
from tutor.widgets.spinner import INTERVAL_S, Spinner

_TO_WRITE = ("", "missing", "unchecked")  # states before a first verdict


@dataclass(frozen=True)
class Known:
    """What is known of an exercise before it is checked here."""

    state: str = ""  # its standing: "failed"
    last: str = ""  # about the last check: "flipped-kernel, 2 h ago"
    position: str = ""  # "3 of 11"
    has_lesson: bool = False
    stub: str = ""  # what the learner is given: signature and docstring


class ExerciseScreen(Shell):
    """Shows one exercise; asks for checks, hints, the editor and what else it cannot do by messages."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss", "exercise.tcss"]
    ABOUT = (
        "Write the equation as PyTorch code in the file named at the top, in any editor, then check it. A "
        "wrong solution gets the name of its mistake; its equation and the right one stand side by side. "
        "w checks at every save while this screen is open. s shows the solution after passing, or after "
        "giving up, which is recorded. R puts the stub back and keeps what was written."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "check", "check", id="check"),
        Binding("e", "edit", "edit", id="edit"),
        Binding("h", "hint", "hint", id="hint"),
        Binding("enter,n", "next", "next", id="next"),
        Binding("w", "watch", "watch", id="watch"),
        Binding("l", "lesson", "lesson", id="lesson"),
        Binding("s", "solution", "solution", id="solution"),
        Binding("R", "reset", "reset", id="reset"),
        Binding("up,k", "scroll(-1)", "up", show=False),
        Binding("down,j", "scroll(1)", "down", show=False),
        Binding("pageup", "scroll(-10)", "page up", show=False),
        Binding("pagedown,space", "scroll(10)", "page down", show=False),
    ]

    @dataclass
    class CheckRequested(Message):
        """The learner's code is to be checked now."""

        exercise_id: str

    @dataclass
    class HintRequested(Message):
        """The next step of the ladder of hints is wanted."""

        exercise_id: str

    @dataclass
    class EditRequested(Message):
        """The file is to be opened in the learner's editor."""

        exercise_id: str

    @dataclass
    class WatchToggled(Message):
        """From now on the file is to be checked at every save, or no longer."""

        exercise_id: str
        is_on: bool

    @dataclass
    class SolutionRequested(Message):
        """The solution is wanted; whether it may be seen is not known here."""

        exercise_id: str

    @dataclass
    class ResetRequested(Message):
        """The stub is wanted back."""

        exercise_id: str

    @dataclass
    class LessonRequested(Message):
        """The lesson that leads to this exercise is wanted."""

        exercise_id: str

    @dataclass
    class NextRequested(Message):
        """The exercise is done; on to what comes after it."""

        exercise_id: str

    def __init__(
        self,
        exercise: Exercise,
        file: str,
        known: Known | None = None,
        charset: Charset = UNICODE,
    ) -> None:
        """`file` is where the learner writes; `known` is what was known of the exercise before."""
        super().__init__(charset)
        self.exercise, self.file, self.known = exercise, printable_line(file), known or Known()
        self.state = self.known.state
        self.verdict: Verdict | None = None
        self.hints: list[str] = []
        self.notice = ""
        self.is_watching = False
        self._spinner: Spinner | None = None
        self._timer: Timer | None = None

    def compose_body(self) -> ComposeResult:
        yield Picture(self._draw_task, id="task")
        yield Picture(lambda width, _: [[(self.charset.rule * width, FAINT)]], id="rule-2")
        body = Picture(self._draw_body, id="verdict", classes="body")
        yield body

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.query_one("#task").styles.height = len(self._draw_task(event.size.width - 2, 0))

    @property
    def is_checking(self) -> bool:
        return self._spinner is not None

    @property
    def is_done(self) -> bool:
        """Whether it has passed, here or before."""
        return self.state in DONE

    def show_checking(self) -> None:
        """A check has begun: a sign of life until the verdict is there."""
        self._stop_spinning()
        self._spinner = Spinner("checking your code", self.charset)
        self._timer = self.set_interval(INTERVAL_S, self._repaint_body)
        self.notice = ""
        self._repaint_body()
        self.repaint_frame()

    def show_verdict(self, verdict: Verdict, notice: str = "") -> None:
        """The check has ended."""
        self._stop_spinning()
        self.verdict, self.notice, self.state = verdict, printable_line(notice), verdict.status
        self.hints = []
        self._repaint_body(from_top=True)
        self.repaint_frame()
        self.refresh_bindings()

    def show_stub_again(self) -> None:
        """The learner's file is the stub again: nothing that was found out before is about it."""
        self.verdict, self.hints, self.state = None, [], "missing"
        self.known, self.notice = replace(self.known, state="missing", last=""), ""
        self._repaint_body(from_top=True)
        self.repaint_frame()
        self.refresh_bindings()

    def show_refusal(self, refusal: str) -> None:
        """The check could not be made at all."""
        self._stop_spinning()
        self.notice = printable_line(refusal)
        self._repaint_body()
        self.repaint_frame()

    def show_hint(self, number: int, of: int, text: str) -> None:
        """One more step of the ladder, below what is there."""
        hint = f"**Hint {number} of {of}:** {printable_line(text)}"
        if hint not in self.hints:
            self.hints.append(hint)
        self._repaint_body()
        self.query_one("#verdict", Picture).scroll_end(animate=False)

    def title_row(self, width: int) -> Row:
        left: Row = [(self.exercise.id, STRONG), (f"   {self.exercise.title}", "")]
        watched = "watched" if self.is_watching else ""
        words = ", ".join(word for word in (self.known.position, state_word(self.state), watched) if word)
        return spread(left, [(words, FAINT)], width, self.charset.cut)

    def hint_row(self, _width: int) -> Row:
        if self.notice:
            return [(self.notice, WARN)]
        if self.is_checking:
            return [("The first check takes some seconds: it loads torch.", FAINT)]
        if self.is_done:
            again = "" if self.verdict else " c checks it again."
            return [("enter ", f"{STRONG} {ACCENT}"), (f"goes on to what is next.{again}", "")]
        if self.is_watching:
            return [("Watched: every save is checked. w ends it, h gives a hint.", FAINT)]
        if self.state == "stale":
            return [("The file has changed since it was checked; c checks it as it is now.", FAINT)]
        if self.state in _TO_WRITE:
            return [(f"Write {self.exercise.symbol} in {self.exercise.file}, then press c.", FAINT)]
        return [("Change the file and press c again; h gives a hint.", FAINT)]

    def first_to_go(self) -> Sequence[str]:
        """By what the learner can do now: who has passed needs no hint, who has begun needs the lesson less."""
        if self.is_done:
            return ("hint", "reset", "watch", "lesson", "edit", "check")
        if self.state in _TO_WRITE:
            return ("reset", "solution", "watch", "lesson")
        return ("reset", "lesson", "watch", "solution")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "next":
            return self.is_done
        if action == "lesson":
            return self.known.has_lesson
        return super().check_action(action, parameters)

    def action_check(self) -> None:
        if not self.is_checking:
            self.post_message(self.CheckRequested(self.exercise.id))

    def action_hint(self) -> None:
        self.post_message(self.HintRequested(self.exercise.id))

    def action_edit(self) -> None:
        self.post_message(self.EditRequested(self.exercise.id))

    def action_watch(self) -> None:
        self.is_watching = not self.is_watching
        self.notice = ""
        self.repaint_frame()
        self.post_message(self.WatchToggled(self.exercise.id, self.is_watching))

    def action_solution(self) -> None:
        self.post_message(self.SolutionRequested(self.exercise.id))

    def action_reset(self) -> None:
        self.post_message(self.ResetRequested(self.exercise.id))

    def action_lesson(self) -> None:
        self.post_message(self.LessonRequested(self.exercise.id))

    def action_next(self) -> None:
        self.post_message(self.NextRequested(self.exercise.id))

    def action_scroll(self, rows: int) -> None:
        self.query_one("#verdict", Picture).scroll_relative(y=rows, animate=False)

    def _repaint_body(self, from_top: bool = False) -> None:
        self.query_one("#verdict", Picture).paint(from_top=from_top)

    def _stop_spinning(self) -> None:
        if self._timer:
            self._timer.stop()
        self._spinner = self._timer = None

    def _draw_task(self, width: int, _height: int) -> list[Row]:
        head = fit([("file ", FAINT), (self.file, STRONG)], width, self.charset.cut)
        lines = self.charset.translate(self.exercise.equation).split("\n")
        return [head, *(row for line in lines for row in wrap(line, width, ACCENT, indent="    ", first=""))]

    def _draw_body(self, width: int, _height: int) -> list[Row]:
        rows: list[Row] = []
        if self._spinner:
            rows += [self._spinner.draw(), []]
        elif self.verdict:
            rows += [*draw_verdict(self.verdict, width, self.charset, with_output=False), []]
        else:
            rows += [*self._introduction(width), []]
        for hint in self.hints:
            rows += [*draw_page(hint, width, self.charset), []]
        if self.verdict and not self._spinner:
            rows += [fit(row, width, self.charset.cut) for row in draw_printed(self.verdict.stdout)]
        return rows

    def _introduction(self, width: int) -> Sequence[Row]:
        """Before the first check here: what the last one said, what it builds on, and what is to be written."""
        needs = f"It builds on {', '.join(self.exercise.needs)}." if self.exercise.needs else ""
        last = f"Last check: {state_word(self.known.state)}, {self.known.last}." if self.known.last else ""
        rows = [*wrap(printable_line(f"{last} {needs}"), width), []] if last or needs else []
        return [*rows, *paragraphs(printable(self.charset.translate(self.known.stub)), width, FAINT)]
