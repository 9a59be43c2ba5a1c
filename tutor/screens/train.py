"""Before a run: which preset, whose code will be trained, and what an ablation is expected to do."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from models.ablations import ABLATIONS
from models.metric import ACCURACY, examples_of, metric_of
from models.presets import Preset
from models.runs import Part
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, GOOD, STRONG, WARN, Row, fit, spread, wrap
from tutor.screens.shell import Shell
from tutor.widgets.choices import Choices, Entry
from tutor.widgets.picture import Picture

_LONGEST = 40


class TrainScreen(Shell):
    """Shows the presets of a project and the parts of its net; tells which preset was chosen."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss", "train.tcss"]
    ABOUT = (
        "The net is assembled from your modules, copied as they are now. A part that has not passed yet is filled "
        "by the reference; such a run trains, but is no evidence. a takes one thing out of the net or changes it; p is "
        "for what you expect of that, such as lower 1-5 (points: hundredths of the accuracy, or of a nat), sealed "
        "before the run starts. "
        "One run is no finding: phase3-tutor predict trains both nets with three seeds."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "ablate", "ablation", id="ablate"),
        Binding("p", "predict", "predict", id="predict"),
    ]

    @dataclass
    class TrainRequested(Message):
        """A run is to be started."""

        project: str
        preset: str
        ablation: str = ""
        prediction: str = ""  # as it was typed

    def __init__(
        self,
        project: str,
        presets: Sequence[Preset],
        parts: Sequence[Part],
        charset: Charset = UNICODE,
        parts_with: Callable[[str], Sequence[Part]] | None = None,
    ) -> None:
        super().__init__(charset)
        self.project, self.presets, self.parts = project, presets, parts
        self.parts_with = parts_with  # those of the net that an ablation makes of it
        self.problem = ""
        self.ablation = ""

    def compose_body(self) -> ComposeResult:
        yield Picture(self._draw_parts, id="parts")
        yield Choices(self.charset.pointer, id="presets", classes="body")
        with Horizontal(id="line"):
            yield Picture(lambda _width, _height: [[("You expect: ", STRONG)]], id="prompt")
            yield Input(placeholder="lower 1-5", max_length=_LONGEST, select_on_focus=False, id="prediction")

    def on_mount(self) -> None:
        self.query_one("#parts").styles.height = len(self.parts) + 3
        self.query_one(Choices).show(self._entries)
        self.query_one(Choices).focus()

    def show_refusal(self, refusal: str) -> None:
        """The run could not be started, for this reason."""
        self.problem = printable_line(refusal)
        self.query_one(Choices).paint()

    def action_ablate(self) -> None:
        """The next thing that can be taken out or changed; after the last, the net as it is."""
        names = ["", *ABLATIONS[self.project]]
        self.ablation = names[(names.index(self.ablation) + 1) % len(names)]
        self.problem = ""
        if self.parts_with:
            self.parts = self.parts_with(self.ablation)
            self.query_one("#parts").styles.height = len(self.parts) + 3
        self.set_class(bool(self.ablation), "-ablated")
        self.query_one("#parts", Picture).paint()
        self.query_one(Choices).paint()
        self.repaint_frame()
        self.refresh_bindings()

    def action_predict(self) -> None:
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """From the line back to the list first."""
        if self.query_one(Input).has_focus:
            self.query_one(Choices).focus()
        else:
            super().action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "predict":
            return bool(self.ablation)
        return super().check_action(action, parameters)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Choices).focus()

    def title_row(self, width: int) -> Row:
        right: Row = [("enter starts a run", FAINT)]
        return spread([(f"Train project {self.project}", STRONG)], right, width, self.charset.cut)

    def hint_row(self, _width: int) -> Row:
        if self.ablation:
            return [(f"{self.ablation}: {ABLATIONS[self.project][self.ablation].sentence}", WARN)]
        return [("Training runs in the background, at low priority, and survives the tutor.", FAINT)]

    @on(Choices.Chosen)
    def _start(self, message: Choices.Chosen) -> None:
        message.stop()
        words = self.query_one(Input).value.strip() if self.ablation else ""
        self.post_message(self.TrainRequested(self.project, message.target, self.ablation, words))

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
        if self.ablation:
            words, is_evidence = (
                "An ablation is no evidence: it is there to be compared with the run without it.",
                False,
            )
        return [*rows, *wrap(words, width, "" if is_evidence else WARN)]

    def _entries(self, width: int) -> list[Entry]:
        entries: list[Entry] = []
        for preset in self.presets:
            row: Row = [(f"{preset.name:<8}", STRONG), (printable_line(preset.sentence), "")]
            entries.append(Entry(fit(row, width, self.charset.cut), preset.name))
            entries.append(Entry([(f"        to reach {_bar(preset)}", FAINT)]))
        if self.problem:
            entries += [Entry([]), *(Entry(row) for row in wrap(self.problem, width, WARN))]
        return entries


def _bar(preset: Preset) -> str:
    """What a run has to reach, in the words of what it is judged by."""
    settings = asdict(preset)
    if metric_of(settings) is ACCURACY:
        return f"{preset.bar * 100:g} % on held-out {examples_of(settings)}"
    return f"{preset.bar:g} nats per character or less, on held-out text"
