"""Where every head looks: small maps of all, one enlarged, its rows in words, and the translation as it is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from tutor.attention_walk import AttentionWalk
from tutor.drawing.attention import draw_head, draw_maps, draw_row, head_words
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, BAD, FAINT, STRONG, Row, fit, spread, wrap
from tutor.screens.shell import Shell
from tutor.widgets.picture import Picture
from tutor.widgets.spinner import INTERVAL_S, Spinner

_ABOVE = 4  # rows of the enlarged head before its first token: two of text, the kind, the columns' names


class AttentionScreen(Shell):
    """Walks through one sentence's attention; asks for another sentence by a message."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss"]
    AUTO_FOCUS = ""  # the line to type at is opened by a key
    ABOUT = (
        "Each map is one head: rows look, columns are looked at, bright is much. z enlarges the chosen one, with its "
        "tokens and weights in hundredths; up and down choose a row, which is told in words. Right and left write the "
        "translation token by token. i takes another sentence. In a shell: phase3-tutor show attention RUN --text TEXT."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_curly_bracket", "walk('turned_head', -1)", "head", key_display="{ }", id="head_down"),
        Binding("right_curly_bracket", "walk('turned_head', 1)", "head", show=False, id="head_up"),
        Binding("left_square_bracket", "walk('turned_layer', -1)", "layer", key_display="[ ]", id="layer_down"),
        Binding("right_square_bracket", "walk('turned_layer', 1)", "layer", show=False, id="layer_up"),
        Binding("a", "walk('turned_kind')", "kind", id="kind"),
        Binding("z,enter", "walk('zoomed')", "zoom", id="zoom"),
        Binding("m", "walk('turned_mean')", "mean", id="mean"),
        Binding("right", "walk('written_on', 1)", "write", key_display="right", id="write"),
        Binding("left", "walk('written_on', -1)", "unwrite", show=False),
        Binding("up,k", "walk('moved', -1)", "row up", show=False),
        Binding("down,j", "walk('moved', 1)", "row down", show=False),
        Binding("i", "another", "sentence", id="sentence"),
    ]

    @dataclass
    class SentenceWanted(Message):
        """The attention of this sentence is wanted; "" is the first held-out one."""

        run_id: str
        text: str

    def __init__(self, run_id: str, charset: Charset = UNICODE) -> None:
        super().__init__(charset)
        self.run_id = run_id
        self.walk: AttentionWalk | None = None
        self.problem = ""
        self._spinner: Spinner | None = Spinner("asking your net; the first answer loads torch", charset)
        self._timer: Timer | None = None

    def compose_body(self) -> ComposeResult:
        yield Picture(self._draw, id="maps", classes="body")
        yield Input(placeholder="a sentence to translate; enter sends it, escape leaves", id="sentence")

    def on_mount(self) -> None:
        self._timer = self.set_interval(INTERVAL_S, self._turn_spinner)
        self.query_one(Input).display = False
        self.post_message(self.SentenceWanted(self.run_id, ""))

    def show(self, answer: Mapping[str, Any]) -> None:
        """The weights of a sentence; what was looked at stays looked at."""
        before, self.walk = self.walk, AttentionWalk.of(answer)
        if before:
            self.walk = AttentionWalk(answer, self.walk.place, before.is_enlarged)
        self._spinner, self.problem = None, ""
        self._repaint()

    def show_refusal(self, refusal: str) -> None:
        """There are none, for this reason; what was there before stays."""
        self._spinner, self.problem = None, printable_line(refusal)
        self._repaint()

    def action_walk(self, step: str, by: int | None = None) -> None:
        """One step of the walk."""
        if self.walk is None:
            return
        take: Callable[..., AttentionWalk] = getattr(self.walk, step)
        self.problem = ""
        self.walk = take() if by is None else take(by)
        self._repaint()

    def action_another(self) -> None:
        """Open the line to type at."""
        line = self.query_one(Input)
        line.display = True
        line.focus()

    def action_back(self) -> None:
        line = self.query_one(Input)
        if line.display:
            self._close(line)
        else:
            super().action_back()

    @on(Input.Submitted)
    def _take_sentence(self, message: Input.Submitted) -> None:
        message.stop()
        self._close(message.input)
        if message.value.strip():
            self._spinner = Spinner("asking your net", self.charset)
            self.repaint_frame()
            self.post_message(self.SentenceWanted(self.run_id, message.value.strip()))

    def _close(self, line: Input) -> None:
        line.display = False
        self.set_focus(None)

    def title_row(self, width: int) -> Row:
        left: Row = [("Attention", STRONG), (f"   {printable_line(self.run_id)}", FAINT)]
        right: Row = [(head_words(self.walk.answer, self.walk.place), ACCENT)] if self.walk else []
        return spread(left, right, width, self.charset.cut)

    def hint_row(self, width: int) -> Row:
        if self._spinner:
            return self._spinner.draw()
        if self.problem:
            return [(self.problem, BAD)]
        if self.walk is None:
            return []
        return draw_row(self.walk.answer, self.walk.place, max(width, 200), self.charset)[0]

    def _turn_spinner(self) -> None:
        if self._spinner:
            self.query_one("#hint", Picture).paint()

    def _repaint(self) -> None:
        picture = self.query_one("#maps", Picture)
        picture.paint()
        if self.walk and self.walk.is_enlarged:
            row = _ABOVE + self.walk.place.row
            picture.show_rows(row, row + 1)
        self.repaint_frame()

    def _draw(self, width: int, height: int) -> list[Row]:
        if self.walk is None:
            return wrap(self.problem, width, BAD) if self.problem else []
        answer, place, cut = self.walk.answer, self.walk.place, self.charset.cut
        text = self.charset.translate(printable_line(answer["text"]))
        said = self.charset.translate(printable_line(f"{self.charset.arrow} {self.walk.said_so_far}"))
        rows: list[Row] = [fit([(text, STRONG)], width, cut), fit([(said, "")], width, cut)]
        if self.walk.is_enlarged:
            return [*rows, *draw_head(answer, place, width, self.charset)]
        return [*rows, *draw_maps(answer, place, width, height - 2, self.charset)]
