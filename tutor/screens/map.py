"""Home: the course with every exercise's state, what is next and why, the runs, the criteria."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.course_map import LessonRow, draw_map, draw_map_heading, draw_next_step
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, STRONG, WARN, Row, wrap
from tutor.screens.shell import Shell
from tutor.standing import Standing
from tutor.widgets.choices import Choices, Entry
from tutor.widgets.picture import Picture


class MapScreen(Shell):
    """Shows a standing; tells which place was chosen, as "exercise:cnn/conv2d" or "runs"."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss", "map.tcss"]
    ABOUT = (
        "The map of the course. Each exercise has a sign and a word: passed, failed with the name of the "
        "mistake, changed since it was checked, or still to do. The pointer starts at what is next."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "check", "check", id="check"),
        Binding("t", "go('train')", "train", id="train"),
        Binding("r", "go('runs')", "runs", id="runs"),
        Binding("4", "go('criteria')", "Phase 4", id="criteria"),
        Binding("i", "init", "make the workspace", id="init"),
        Binding("escape,q", "leave", "quit", id="back"),
    ]

    @dataclass
    class PlaceChosen(Message):
        """The learner wants to go there."""

        place: str

    @dataclass
    class CheckRequested(Message):
        """The highlighted exercise is to be checked."""

        exercise_id: str

    class WorkspaceWanted(Message):
        """The first start: the workspace is to be made."""

    class LeaveRequested(Message):
        """The learner wants to leave the tutor."""

    def __init__(
        self,
        hints: Mapping[str, str] | None = None,
        charset: Charset = UNICODE,
    ) -> None:
        """`hints` say one line about a place when the pointer stands on it."""
        super().__init__(charset)
        self.hints = hints or {}
        self.lessons: Sequence[LessonRow] = ()
        self.standing: Standing | None = None
        self.missing_workspace = ""
        self.notice = ""

    def compose_body(self) -> ComposeResult:
        yield Picture(self._draw_next, id="next")
        yield Choices(self.charset.pointer, id="places", classes="body")

    def show(self, standing: Standing, lessons: Sequence[LessonRow] = ()) -> None:
        """Draw this standing; the pointer stays, and the first time goes to what is next."""
        self.lessons = lessons
        is_first, self.standing, self.missing_workspace = self.standing is None, standing, ""
        self.notice = printable_line(" ".join(standing.notices))
        self.query_one(Choices).show(self._entries, pointer=place_of_next(standing) if is_first else None)
        self.query_one("#next", Picture).paint()
        self.repaint_frame()
        self.refresh_bindings()

    def show_no_workspace(self, folder: str) -> None:
        """The first start: what will be made, where, and the key that does it."""
        self.missing_workspace = printable_line(folder)
        self.query_one(Choices).show(self._welcome)
        self.query_one("#next", Picture).paint()
        self.refresh_bindings()

    def show_problem(self, words: str) -> None:
        """The record cannot be read: what is wrong and what to do, in place of a map that would not be true."""
        self.query_one(Choices).show(lambda width: [Entry(row) for row in wrap(words, width, WARN)])

    def title_row(self, width: int) -> Row:
        if self.standing:
            return draw_map_heading(self.standing, width, self.charset)
        return [("phase3-tutor", STRONG)]

    def hint_row(self, _width: int) -> Row:
        target = self.query_one(Choices).target or ""
        return [(self.notice, WARN)] if self.notice else [(self.hints.get(target, ""), FAINT)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "init":
            return bool(self.missing_workspace)
        if action in ("check", "go"):
            return not self.missing_workspace
        return super().check_action(action, parameters)

    @on(Choices.Chosen)
    def _go_there(self, message: Choices.Chosen) -> None:
        message.stop()
        self.post_message(self.PlaceChosen(message.target))

    @on(Choices.Highlighted)
    def _say_what_it_is(self, message: Choices.Highlighted) -> None:
        message.stop()
        self.query_one("#hint", Picture).paint()

    def action_go(self, place: str) -> None:
        self.post_message(self.PlaceChosen(place))

    def action_check(self) -> None:
        kind, _, exercise_id = (self.query_one(Choices).target or "").partition(":")
        if kind == "exercise":
            self.post_message(self.CheckRequested(exercise_id))

    def action_init(self) -> None:
        self.post_message(self.WorkspaceWanted())

    def action_leave(self) -> None:
        self.post_message(self.LeaveRequested())

    def _entries(self, width: int) -> list[Entry]:
        assert self.standing is not None
        stops = draw_map(self.standing, self.lessons, width, time.time(), self.charset)
        return [Entry(row, target) for row, target in stops]

    def _draw_next(self, width: int, _height: int) -> list[Row]:
        return [draw_next_step(self.standing, width, self.charset)] if self.standing else []

    def _welcome(self, width: int) -> list[Entry]:
        text = (
            "Welcome. Here you write the parts of real networks in a folder of your own; the tutor checks "
            "them, names mistakes, and trains what you wrote. Press i to make that folder with its stubs. "
            "Nothing is overwritten."
        )
        rows = [*wrap(text, min(width, 74)), [], [("folder   ", FAINT), (self.missing_workspace, "")]]
        rows += [[], [("In a shell: ", FAINT), (f"phase3-tutor init {self.missing_workspace}", "")]]
        return [Entry(row) for row in rows]


def place_of_next(standing: Standing) -> str:
    """The place on the map that the next step leads to."""
    if standing.next.exercise_id:
        return f"exercise:{standing.next.exercise_id}"
    words = standing.next.command.split()
    if "train" in words:
        return f"train:{words[words.index('train') + 1]}"
    return "runs" if {"runs", "show"} & set(words) else "criteria"
