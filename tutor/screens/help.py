"""What a screen shows and which keys it has."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from tutor.drawing.rows import FAINT, STRONG, Row, wrap
from tutor.widgets.picture import Picture

_EVERYWHERE = (
    ("esc q", "back"),
    ("? F1", "this page"),
    ("ctrl+p", "palette: every exercise, lesson and run by name"),
    ("ctrl+z", "suspend to the shell, fg returns"),
    ("ctrl+q", "quit; training goes on"),
)


class HelpScreen(ModalScreen[None]):
    """Words about the screen below, its keys, and those that work everywhere; any of its keys closes it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,f1,enter", "close", "close")]

    def __init__(self, about: str, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.about, self.keys = about, keys

    def compose(self) -> ComposeResult:
        picture = Picture(self._draw, id="help")
        picture.can_focus = True
        yield picture

    def action_close(self) -> None:
        self.dismiss()

    def _draw(self, width: int, _height: int) -> list[Row]:
        rows = [*wrap(self.about, width), []] if self.about else []
        rows += [*self._listed(self.keys, width), *([[]] if self.keys else []), *self._listed(_EVERYWHERE, width)]
        return [*rows, [], [("Select text with the mouse and Shift held down.", FAINT)]]

    def _listed(self, keys: Sequence[tuple[str, str]], width: int) -> list[Row]:
        rows: list[Row] = []
        for key, what in keys:
            first, *more = wrap(what, width, indent=" " * 14, first="")
            rows += [[(f"{key:<14}", f"{STRONG} cyan"), *first], *more]
        return rows
