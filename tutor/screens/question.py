"""A question with two answers, asked before something that cannot simply be undone."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from tutor.drawing.rows import FAINT, STRONG, Row, wrap
from tutor.widgets.picture import Picture

_WIDTH = 55  # of the box without its margins, as question.tcss has them


class QuestionScreen(ModalScreen[bool]):
    """Answers True on y, False on n, escape or q."""

    CSS_PATH = "question.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "yes"),
        Binding("n,escape,q", "answer(False)", "no"),
    ]

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self.question, self.yes, self.no = question, yes, no

    def compose(self) -> ComposeResult:
        picture = Picture(self._draw, id="question")
        picture.styles.height = len(self._draw(_WIDTH, 0)) + 2
        yield picture

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)

    def _draw(self, width: int, _height: int) -> list[Row]:
        keys: Row = [("y ", "bold cyan"), (self.yes, STRONG), ("     n ", "bold cyan"), (self.no, FAINT)]
        return [*wrap(self.question, width), [], keys]
