"""Before a run: which preset, and whose code will be trained."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from models.presets import Preset
from models.runs import Part
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, GOOD, STRONG, WARN, Row, fit, spread, wrap
from tutor.screens.shell import Shell
from tutor.widgets.choices import Choices, Entry
from tutor.widgets.picture import Picture


class TrainScreen(Shell):
    """Shows the presets of a project and the parts of its net; tells which preset was chosen."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss", "train.tcss"]
    ABOUT = (
        "The net is assembled from your modules, copied as they are now. A part that has not passed yet is filled "
        "by the reference; such a run trains, but is no evidence."
    )

    @dataclass
    class TrainRequested(Message):
        """A run is to be started."""

        project: str
        preset: str

    def __init__(
        self, project: str, presets: Sequence[Preset], parts: Sequence[Part], charset: Charset = UNICODE
    ) -> None:
        super().__init__(charset)
        self.project, self.presets, self.parts = project, presets, parts
        self.problem = ""

    def compose_body(self) -> ComposeResult:
        yield Picture(self._draw_parts, id="parts")
        yield Choices(self.charset.pointer, id="presets", classes="body")

    def on_mount(self) -> None:
        self.query_one("#parts").styles.height = len(self.parts) + 3
        self.query_one(Choices).show(self._entries)
        self.query_one(Choices).focus()

    def show_refusal(self, refusal: str) -> None:
        """The run could not be started, for this reason."""
        self.problem = printable_line(refusal)
        self.query_one(Choices).paint()

    def title_row(self, width: int) -> Row:
        right: Row = [("enter starts a run", FAINT)]
        return spread([(f"Train project {self.project}", STRONG)], right, width, self.charset.cut)

    def hint_row(self, _width: int) -> Row:
        return [("Training runs in the background, at low priority, and survives the tutor.", FAINT)]

    @on(Choices.Chosen)
    def _start(self, message: Choices.Chosen) -> None:
        message.stop()
        self.post_message(self.TrainRequested(self.project, message.target))

    def _draw_parts(self, width: int, _height: int) -> list[Row]:
        rows: list[Row] = [[("The net is made of", FAINT)]]
        for part in self.parts:
            mine = part.source == "learner"
            mark, style = (self.charset.passed, GOOD) if mine else (self.charset.warning, WARN)
            words = "yours" if mine else f"the reference: {part.reason or 'asked for'}"
            rows.append([("  ", ""), (f"{mark} ", style), (f"{part.exercise_id:<20}", ""), (words, style)])
        is_evidence = all(part.source == "learner" for part in self.parts)
        words = "Every part is yours: the run counts as evidence." if is_evidence else (
            "A run with the reference in it is no evidence for a criterion."
        )  # fmt: skip
        return [*rows, *wrap(words, width, "" if is_evidence else WARN)]

    def _entries(self, width: int) -> list[Entry]:
        entries: list[Entry] = []
        for preset in self.presets:
            row: Row = [(f"{preset.name:<8}", STRONG), (printable_line(preset.sentence), "")]
            entries.append(Entry(fit(row, width, self.charset.cut), preset.name))
            entries.append(Entry([(f"        to reach {preset.bar * 100:g} % on held-out images", FAINT)]))
        if self.problem:
            entries += [Entry([]), *(Entry(row) for row in wrap(self.problem, width, WARN))]
        return entries
