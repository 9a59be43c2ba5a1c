"""A list of options of which any number can be ticked: by space, by their letters, or by a click."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from lessons.questions.grading import LETTERS
from tutor.widgets.choices import Choices, Entry

TickPainter = Callable[
    [int, frozenset[int]], Sequence[Entry]
]  # width and ticked numbers; an option's target is its number
_BY_LETTER = LETTERS[: LETTERS.index("j")]  # j and k move


class TickList(Choices):
    """Shows options behind boxes, and tells which were ticked when the answer is given."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick", id="tick"),
        Binding("enter", "submit", "answer", id="submit"),
        Binding("pageup", "scroll_rows(-8)", "up", show=False),
        Binding("pagedown", "scroll_rows(8)", "down", show=False),
    ]

    @dataclass
    class Submitted(Message):
        """These options, by number from 1, were given as the answer."""

        chosen: tuple[int, ...]

    def __init__(self, pointer: str = ">", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(pointer, id=id, classes=classes)
        self.ticked: set[int] = set()
        self.takes_answers = True

    def ask(self, painter: TickPainter) -> None:
        """Show other options, none of them ticked."""
        self.ticked, self.takes_answers = set(), True
        self.show(lambda width: painter(width, frozenset(self.ticked)), "1")
        self.scroll_home(animate=False)

    def close(self) -> None:
        """No option can be ticked any more; enter goes on to the screen."""
        self.takes_answers = False
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("tick", "submit"):
            return self.takes_answers
        return super().check_action(action, parameters)

    def action_tick(self) -> None:
        """Tick the option under the pointer, or take its tick away."""
        if self.target:
            self._toggle(int(self.target))

    def action_choose(self) -> None:
        """A click ticks too."""
        if self.takes_answers:
            self.action_tick()

    def action_submit(self) -> None:
        self.post_message(self.Submitted(tuple(sorted(self.ticked))))

    def action_scroll_rows(self, rows: int) -> None:
        self.scroll_relative(y=rows, animate=False)

    def on_key(self, event: events.Key) -> None:
        """a ticks the first option, b the second."""
        number = _BY_LETTER.find(event.key) + 1 if len(event.key) == 1 else 0
        if number and self.takes_answers and str(number) in {entry.target for entry in self._entries}:
            event.stop()
            event.prevent_default()
            self._toggle(number)

    def _toggle(self, number: int) -> None:
        self.ticked ^= {number}
        self.paint()
