"""The list of runs, newest first, kept up to date while it is looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from models.runs import RunConfig, RunDirectory, RunError, RunStatus
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, FAINT, STRONG, Row, fit, spread, wrap
from tutor.drawing.run_card import NAME_CELLS, draw_run_line
from tutor.screens.shell import Shell
from tutor.widgets.choices import Choices, Entry

REFRESH_S = 2.0


@dataclass(frozen=True)
class RunRow:
    """One run as the list shows it; `problem` where its files cannot be read."""

    id: str
    config: RunConfig | None
    status: RunStatus | None
    problem: str = ""

    @classmethod
    def of(cls, run: RunDirectory) -> "RunRow":
        try:
            return cls(run.id, run.config(), run.status())
        except RunError as error:
            return cls(run.id, None, None, error.thing)


class RunsScreen(Shell):
    """Reads the rows every two seconds; tells which run was chosen."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss"]
    ABOUT = (
        "Every training run of this workspace. A run counts as evidence when each of its parts is your own "
        "passed code. Training goes on when the tutor is closed."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("t", "train", "train", id="train")]

    @dataclass
    class RunChosen(Message):
        """The learner wants to see this run."""

        run_id: str

    class TrainRequested(Message):
        """The learner wants to start another run."""

    def __init__(self, read: Callable[[], Sequence[RunRow]], charset: Charset = UNICODE) -> None:
        super().__init__(charset)
        self.read = read
        self.run_rows: Sequence[RunRow] = ()

    def compose_body(self) -> ComposeResult:
        yield Choices(self.charset.pointer, id="runs", classes="body")

    def on_mount(self) -> None:
        self.update()
        self.query_one(Choices).focus()
        self.set_interval(REFRESH_S, self.update)

    def update(self) -> None:
        """Read the runs again, unless another screen is on top."""
        if self.is_active:
            self.run_rows = self.read()
            self.query_one(Choices).show(self._entries)
            self.repaint_frame()

    def title_row(self, width: int) -> Row:
        running = sum(row.status is not None and row.status.state == "running" for row in self.run_rows)
        words = f"{len(self.run_rows)} in all" + (f", {running} training" if running else "")
        return spread([("Runs", STRONG)], [(words, FAINT)], width, self.charset.cut)

    def hint_row(self, _width: int) -> Row:
        return [("On the right: what each is judged by on held-out data.", FAINT)] if self.run_rows else []

    @on(Choices.Chosen)
    def _tell(self, message: Choices.Chosen) -> None:
        message.stop()
        self.post_message(self.RunChosen(message.target))

    def action_train(self) -> None:
        self.post_message(self.TrainRequested())

    def _entries(self, width: int) -> list[Entry]:
        if not self.run_rows:
            text = "There are no runs yet. Press t to train the net that is made of your modules."
            return [Entry(row) for row in wrap(text, width)]
        names = max(NAME_CELLS, *(len(printable_line(row.id)) for row in self.run_rows))
        return [Entry(self._row(row, width, names), row.id) for row in self.run_rows]

    def _row(self, row: RunRow, width: int, names: int) -> Row:
        if row.config is None or row.status is None:
            words = [(f"{printable_line(row.id):<{names}} ", ""), (printable_line(row.problem), BAD)]
            return fit(words, width, self.charset.cut)
        return draw_run_line(row.config, row.status, width, self.charset, names)
