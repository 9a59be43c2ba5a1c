"""The solution of an exercise, to be read beside one's own."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from lessons.catalog import Exercise
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import FAINT, STRONG, WARN, Row, spread
from tutor.drawing.solution import draw_solution
from tutor.screens.shell import Shell
from tutor.widgets.picture import Picture


class SolutionScreen(Shell):
    """Shows one solution; changes nothing."""

    ABOUT = (
        "One right solution, which the checker itself compares with. Others are right too: it looks at what "
        "your code computes, not at how it is written."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,pagedown", "scroll(10)", "more", id="next"),
        Binding("pageup", "scroll(-10)", "page up", show=False),
        Binding("up,k", "scroll(-1)", "up", show=False),
        Binding("down,j", "scroll(1)", "down", show=False),
    ]

    def __init__(self, exercise: Exercise, source: str, given_up_at: str, charset: Charset = UNICODE) -> None:
        super().__init__(charset)
        self.exercise, self.source, self.given_up_at = exercise, source, given_up_at

    def compose_body(self) -> ComposeResult:
        yield Picture(self._draw, id="solution", classes="body")

    def title_row(self, width: int) -> Row:
        return spread([(self.exercise.id, STRONG)], [("solution", FAINT)], width, self.charset.cut)

    def hint_row(self, _width: int) -> Row:
        if self.given_up_at:
            return [(f"Given up on {self.given_up_at[:10]}. Now write it without looking.", WARN)]
        return [("Yours has passed. What does this one do differently?", FAINT)]

    def action_scroll(self, rows: int) -> None:
        self.query_one("#solution", Picture).scroll_relative(y=rows, animate=False)

    def _draw(self, width: int, _height: int) -> list[Row]:
        return draw_solution(self.exercise, self.source, "", width, self.charset, folds=True)
