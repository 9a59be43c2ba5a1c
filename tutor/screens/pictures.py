"""The pictures of a run: a list of what there is to see, and each one drawn on a page of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, FAINT, STRONG, Row, fit, spread, wrap
from tutor.pictures.picture import Answer, Picture, View
from tutor.screens.shell import Shell
from tutor.widgets.choices import Choices, Entry
from tutor.widgets.picture import Picture as PictureWidget
from tutor.widgets.spinner import INTERVAL_S, Spinner

_KIND = 13


class PicturesScreen(Shell):
    """Lists the kinds with what each shows; tells which one was chosen."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss"]
    ABOUT = "What can be drawn of a trained net. Each picture is computed from the checkpoint when you open it."

    @dataclass
    class PictureChosen(Message):
        """The learner wants to see this picture of this run."""

        run_id: str
        kind: str

    def __init__(self, run_id: str, sentences: Mapping[str, str], charset: Charset = UNICODE) -> None:
        super().__init__(charset)
        self.run_id, self.sentences = run_id, sentences

    def compose_body(self) -> ComposeResult:
        yield Choices(self.charset.pointer, id="kinds", classes="body")

    def on_mount(self) -> None:
        choices = self.query_one(Choices)
        choices.show(self._entries)
        choices.focus()

    def title_row(self, width: int) -> Row:
        return spread([("Pictures", STRONG), (f"   {printable_line(self.run_id)}", FAINT)], [], width, self.charset.cut)

    def hint_row(self, _width: int) -> Row:
        return [("In a shell: phase3-tutor show KIND RUN --svg|--csv FILE", FAINT)]

    @on(Choices.Chosen)
    def _tell(self, message: Choices.Chosen) -> None:
        message.stop()
        self.post_message(self.PictureChosen(self.run_id, message.target))

    def _entries(self, width: int) -> list[Entry]:
        return [
            Entry(fit([(f"{kind:<{_KIND}}", STRONG), (sentence, "")], width, self.charset.cut), kind)
            for kind, sentence in self.sentences.items()
        ]


def choices_of(name: str, answer: Answer) -> list[Any]:
    """What can be chosen of a picture, as its answer has it."""
    is_of_one = "order" in answer and "unit" in answer  # all gates of one unit
    if name == "sort":
        return [False, True]
    if name == "gate":
        return [] if is_of_one else list(answer.get("signals", ""))
    if name == "layer":
        return list(range(answer.get("layers", 1)))
    if is_of_one:
        return [answer["unit"], -1]
    if "order" in answer:
        return [-1, answer["units"][0]]
    return list(dict.fromkeys(each["unit"] for each in answer.get("found", ())))


def turned(view: View, answer: Answer | None, name: str, by: int, page: int) -> View:
    """The next or the one before of what there is to turn through: pages or images, or one unit after another."""
    order = (answer or {}).get("order", ())
    if view.unit in order:
        return replace(view, unit=order[min(max(order.index(view.unit) + by, 0), len(order) - 1)])
    return replace(view, **{name: max(getattr(view, name) + by * (1 if name == "image" else page), 0)})


class PictureScreen(Shell):
    """Shows one picture as soon as its numbers are there; asks for another view of it by a message."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss", "pictures.tcss"]
    ABOUT = (
        "A picture of the trained net, computed from its checkpoint. What to look for stands below it; where it "
        "goes on beyond the screen, space and the arrows scroll."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_curly_bracket", "turn(-1)", "other", key_display="{ }", id="image_down"),
        Binding("right_curly_bracket", "turn(1)", "other", show=False, id="image_up"),
        Binding("g", "choose('gate')", "gate", id="gate"),
        Binding("l", "choose('layer')", "layer", id="layer"),
        Binding("o", "choose('sort')", "order", id="sort"),
        Binding("u", "choose('unit')", "unit", id="unit"),
        Binding("space,pagedown", "scroll(10)", "more", id="next"),
        Binding("pageup", "scroll(-10)", "page up", show=False),
        Binding("up,k", "scroll(-1)", "up", show=False),
        Binding("down,j", "scroll(1)", "down", show=False),
    ]

    @dataclass
    class ViewRequested(Message):
        """Another view of this picture is wanted."""

        run_id: str
        kind: str
        view: View

    def __init__(self, run_id: str, kind: str, picture: Picture, charset: Charset = UNICODE) -> None:
        super().__init__(charset)
        self.run_id, self.kind, self.picture, self.view = run_id, kind, picture, View()
        self.answer: Answer | None = None
        self.problem = ""
        self._spinner: Spinner | None = Spinner("asking your net; the first answer loads torch", charset)
        self._timer: Timer | None = None

    def compose_body(self) -> ComposeResult:
        yield PictureWidget(self._draw, id="picture", classes="body")

    def on_mount(self) -> None:
        self._timer = self.set_interval(INTERVAL_S, self._turn_spinner)

    def show(self, answer: Answer, view: View) -> None:
        """The numbers of this view."""
        self._spinner, self.problem, self.answer, self.view = None, "", answer, view
        self._repaint()
        self.refresh_bindings()

    def show_refusal(self, refusal: str) -> None:
        """There is no such picture, for this reason."""
        self._spinner, self.problem = None, printable_line(refusal)
        self._repaint()

    def title_row(self, width: int) -> Row:
        left: Row = [(self.kind.capitalize(), STRONG), (f"   {printable_line(self.run_id)}", FAINT)]
        return spread(left, [(self.picture.sentence, FAINT)] if width >= 100 else [], width, self.charset.cut)

    def hint_row(self, _width: int) -> Row:
        if self._spinner:
            return self._spinner.draw()
        return []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "turn":
            return self._turned_by is not None
        if action == "choose":
            name = str(parameters[0])
            return name in self.picture.options and len(choices_of(name, self.answer or {})) > 1
        return super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """The next or the one before of what this picture can turn through."""
        name = self._turned_by
        if name is None or self._spinner:
            return
        wanted = turned(self.view, self.answer, name, by, self.picture.page)
        if wanted != self.view:
            name = "unit" if wanted.unit != self.view.unit else name
            self._ask(f"asking for {name} {getattr(wanted, name)}", wanted)

    def action_choose(self, name: str) -> None:
        """The next gate, layer, order or unit that this picture can be of."""
        if self.answer is None or self._spinner:
            return
        choice = choices_of(name, self.answer)
        now = getattr(self.view, name) if getattr(self.view, name) in choice else self.answer.get(name)
        wanted = choice[(choice.index(now) + 1) % len(choice)] if now in choice else choice[0]
        view = replace(self.view, **{name: wanted})
        if "order" in self.answer and name == "unit":
            view = replace(view, gate="")  # of one unit every gate is shown
        words = {"sort": "another order"}.get(name, "all units" if wanted == -1 else f"{name} {wanted}")
        self._ask(f"asking for {words}", view)

    def _ask(self, words: str, view: View) -> None:
        self._spinner = Spinner(words, self.charset)
        self.repaint_frame()
        self.post_message(self.ViewRequested(self.run_id, self.kind, view))

    def action_scroll(self, rows: int) -> None:
        self.query_one("#picture", PictureWidget).scroll_relative(y=rows, animate=False)

    @property
    def _turned_by(self) -> str | None:
        return next((name for name in ("image", "first") if name in self.picture.options), None)

    def _turn_spinner(self) -> None:
        if self._spinner:
            self.query_one("#hint", PictureWidget).paint()

    def _repaint(self) -> None:
        self.query_one("#picture", PictureWidget).paint(from_top=True)
        self.repaint_frame()

    def _draw(self, width: int, _height: int) -> list[Row]:
        if self.problem:
            return wrap(self.problem, width, BAD)
        if self.answer is None:
            return []
        return [*self.picture.draw(self.answer, width, self.charset), [], *wrap(self.picture.look_for, width, STRONG)]
