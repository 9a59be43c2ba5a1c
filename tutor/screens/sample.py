"""A net speaks: its text appears character by character, with how likely each of them was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from tutor.drawing.characters import visible
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, BAD, FAINT, STRONG, Row, spread, wrap
from tutor.drawing.sample import draw_chances, draw_typed
from tutor.screens.shell import Shell
from tutor.widgets.picture import Picture
from tutor.widgets.spinner import Spinner

TYPING_S, CHARACTERS_A_TICK, LENGTH = 0.1, 3, 600
COLDEST, HOTTEST, STEP = 0.2, 2.0, 0.2


class SampleScreen(Shell):
    """Shows what it is given as if it were typed; asks for more text by a message."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss"]
    ABOUT = (
        "Your net draws one character after another by your own `sample`, and reads each before the next. The "
        "temperature divides its scores: below 1 the likely gets likelier. p shows how likely each character was: "
        "where it is dark, chance had the word. In a shell: phase3-tutor sample RUN --prompt TEXT, and --coherence."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,n", "more", "new text", id="next"),
        Binding("space", "finish", "all at once", id="finish"),
        Binding("p", "chances", "how likely", id="chances"),
        Binding("plus,equals_sign", "warm(1)", "temperature", key_display="+ -", id="warmer"),
        Binding("minus", "warm(-1)", "colder", show=False),
        Binding("up,k", "scroll(-1)", "up", show=False),
        Binding("down,j", "scroll(1)", "down", show=False),
    ]

    @dataclass
    class TextWanted(Message):
        """Text is to be made up, with this temperature and seed."""

        run_id: str
        temperature: float
        seed: int

    def __init__(self, run_id: str, charset: Charset = UNICODE) -> None:
        super().__init__(charset)
        self.run_id, self.temperature, self.seed = run_id, 0.8, 0
        self.answer: Mapping[str, Any] | None = None
        self.typed, self.problem, self.shows_chances = 0, "", False
        self._spinner: Spinner | None = Spinner("asking your net; the first answer loads torch", charset)
        self._timer: Timer | None = None

    def compose_body(self) -> ComposeResult:
        yield Picture(self._draw, id="text", classes="body")

    def on_mount(self) -> None:
        self._timer = self.set_interval(TYPING_S, self._type)
        self._ask()

    def show(self, answer: Mapping[str, Any]) -> None:
        """The whole text; it appears from its first character on."""
        self._spinner, self.problem, self.answer, self.typed = None, "", answer, 0
        self._repaint()

    def show_refusal(self, refusal: str) -> None:
        """There is no text, for this reason."""
        self._spinner, self.problem = None, printable_line(refusal)
        self._repaint()

    def action_more(self) -> None:
        self.seed += 1
        self._ask()

    def action_warm(self, by: int) -> None:
        """A new text at another temperature."""
        wanted = round(min(max(self.temperature + by * STEP, COLDEST), HOTTEST), 1)
        if wanted != self.temperature:
            self.temperature = wanted
            self._ask()

    def action_finish(self) -> None:
        """All of it at once; after that, the next page of it."""
        if self.answer and self.typed < len(self.answer["text"]):
            self.typed = len(self.answer["text"])
            self._repaint()
        else:
            self.action_scroll(10)

    def action_chances(self) -> None:
        self.shows_chances = not self.shows_chances
        self._repaint()

    def action_scroll(self, rows: int) -> None:
        self.query_one("#text", Picture).scroll_relative(y=rows, animate=False)

    def title_row(self, width: int) -> Row:
        left: Row = [("Your net speaks", STRONG), (f"   {printable_line(self.run_id)}", FAINT)]
        return spread(left, [(f"temperature {self.temperature:g}", ACCENT)], width, self.charset.cut)

    def hint_row(self, _width: int) -> Row:
        if self._spinner:
            return self._spinner.draw()
        if not self.answer or not self.typed:
            return []
        last = self.answer["text"][self.typed - 1]
        chance = self.answer["probabilities"][self.typed - 1]
        return [(f"{self.typed} of {len(self.answer['text'])}: {visible(last, self.charset)} ", ""),
                (f"had {chance:.0%}", FAINT)]  # fmt: skip

    def _ask(self) -> None:
        self._spinner = self._spinner or Spinner("asking your net", self.charset)
        self.post_message(self.TextWanted(self.run_id, self.temperature, self.seed))

    def _type(self) -> None:
        if self._spinner:
            self.query_one("#hint", Picture).paint()
        if self.answer is None or self.typed >= len(self.answer["text"]) or not self.is_active:
            return
        self.typed = min(self.typed + CHARACTERS_A_TICK, len(self.answer["text"]))
        self._repaint()

    def _repaint(self) -> None:
        picture = self.query_one("#text", Picture)
        picture.paint()
        if self.answer and self.typed < len(self.answer["text"]):
            picture.scroll_end(animate=False)
        self.repaint_frame()

    def _draw(self, width: int, _height: int) -> list[Row]:
        if self.problem:
            return wrap(self.problem, width, BAD)
        if self.answer is None:
            return []
        text = self.answer["text"][: self.typed]
        if self.shows_chances:
            return draw_chances(text, self.answer["probabilities"][: self.typed], width, self.charset)
        return draw_typed(text, width)
