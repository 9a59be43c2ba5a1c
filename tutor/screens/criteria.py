"""The completion criteria: each with its reason, and what the highlighted one still misses."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from progress.criteria import Criterion, Phase4
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.criteria import draw_criterion_line, draw_missing, draw_phase4
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, STRONG, Row, spread, wrap
from tutor.screens.shell import Shell
from tutor.widgets.choices import Choices, Entry
from tutor.widgets.picture import Picture


class CriteriaScreen(Shell):
    """Shows judged criteria; changes nothing."""

    CSS_PATH: ClassVar[list[str]] = ["shell.tcss", "criteria.tcss"]
    ABOUT = (
        "Five criteria open Phase 4. Each is judged from evidence that can be checked again: code that "
        "passes now, finished runs of your own modules, answers. Nothing is ticked off by hand."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,pagedown,space", "scroll(8)", "more", id="next"),
        Binding("p,pageup", "scroll(-8)", "back up", id="previous"),
    ]

    def __init__(self, criteria: Sequence[Criterion], phase4: Phase4, charset: Charset = UNICODE) -> None:
        super().__init__(charset)
        self.criteria, self.phase4 = criteria, phase4

    def compose_body(self) -> ComposeResult:
        yield Choices(self.charset.pointer, opens=False, id="criteria", classes="body")
        yield Picture(self._draw_heading, id="heading")
        yield Picture(self._draw_missing, id="missing", classes="body")

    def on_mount(self) -> None:
        self.query_one(Choices).show(self._entries)
        self.query_one(Choices).focus()

    def title_row(self, width: int) -> Row:
        met = sum(criterion.met for criterion in self.criteria)
        right: Row = [(f"{met} of {len(self.criteria)} met", FAINT)]
        return spread([("Criteria for Phase 4", STRONG)], right, width, self.charset.cut)

    def hint_row(self, width: int) -> Row:
        return draw_phase4(self.phase4, self.criteria, max(width, 80))[0]

    @on(Choices.Highlighted)
    def _show_what_is_missing(self) -> None:
        self.query_one("#missing", Picture).paint(from_top=True)

    def action_scroll(self, rows: int) -> None:
        self.query_one("#missing", Picture).scroll_relative(y=rows, animate=False)

    def _entries(self, width: int) -> list[Entry]:
        entries: list[Entry] = []
        for criterion in self.criteria:
            entries.append(Entry(draw_criterion_line(criterion, width, self.charset), criterion.id))
        return entries

    def _highlighted(self) -> Criterion | None:
        target = self.query_one(Choices).target
        return next((criterion for criterion in self.criteria if criterion.id == target), None)

    def _draw_heading(self, width: int, _height: int) -> list[Row]:
        return [[(self.charset.rule * width, FAINT)]]

    def _draw_missing(self, width: int, _height: int) -> list[Row]:
        criterion = self._highlighted()
        if criterion is None:
            return []
        title = wrap(printable_line(criterion.title), width, STRONG)
        because = wrap(printable_line(criterion.because), width)
        return [*title, *because, [], *draw_missing(criterion, width, self.charset)]
