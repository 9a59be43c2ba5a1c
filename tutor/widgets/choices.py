"""A list to choose from: rows with a pointer, moved by arrows or j and k, chosen by enter or a click."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tutor.drawing.rows import Row
from tutor.widgets.picture import Picture


@dataclass(frozen=True)
class Entry:
    """One row, and what it stands for; a row without a target is a heading and cannot be chosen."""

    row: Row
    target: str | None = None


_GUTTER = 2
_PAGE = 10
EntryPainter = Callable[[int], Sequence[Entry]]


class Choices(Picture, can_focus=True):
    """Shows entries and tells which one was highlighted or chosen."""

    DEFAULT_CSS = """
    Choices > .choices--pointer { background: #2d333b; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--pointer"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("pageup", f"move({-_PAGE})", "page up", show=False),
        Binding("pagedown,space", f"move({_PAGE})", "page down", show=False),
        Binding("home", "move(-9999)", "first", show=False),
        Binding("end", "move(9999)", "last", show=False),
        Binding("enter", "choose", "open"),
    ]

    @dataclass
    class Highlighted(Message):
        """The pointer stands on another entry."""

        target: str

    @dataclass
    class Chosen(Message):
        """An entry was chosen."""

        target: str

    def __init__(self, pointer: str = ">", *, opens: bool = True, id: str | None = None, classes: str | None = None):
        """`opens` is False for a list whose entries are only looked at."""
        super().__init__(id=id, classes=classes)
        self.pointer, self.opens = pointer, opens
        self._entries: list[Entry] = []
        self._entry_painter: EntryPainter = lambda _width: []
        self._target: str | None = None

    @property
    def target(self) -> str | None:
        """What the pointer stands on."""
        return self._target

    def show(self, painter: EntryPainter, pointer: str | None = None) -> None:
        """Draw these entries; the pointer stays where it is, or goes to `pointer`."""
        self._entry_painter = painter
        self._target = pointer or self._target
        self.paint(self._draw)

    def _draw(self, width: int, _height: int) -> list[Row]:
        self._entries = list(self._entry_painter(width - _GUTTER))
        targets = [entry.target for entry in self._entries if entry.target]
        if self._target not in targets:
            self._target = targets[0] if targets else None
            if self._target:
                self.post_message(self.Highlighted(self._target))
        return [entry.row for entry in self._entries]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.opens and (action == "choose" or parameters in ((_PAGE,), (-_PAGE,))):
            return False  # a list that is only looked at leaves the page keys to the text beside it
        return super().check_action(action, parameters)

    def action_move(self, by: int) -> None:
        """Go up or down by so many entries, headings passed over."""
        choosable = [y for y, entry in enumerate(self._entries) if entry.target]
        if not choosable:
            return
        here = choosable.index(self._pointer_row()) if self._pointer_row() in choosable else 0
        self._point_at(choosable[min(max(here + by, 0), len(choosable) - 1)])

    def action_choose(self) -> None:
        if self._target and self.opens:
            self.post_message(self.Chosen(self._target))

    def on_click(self, event: events.Click) -> None:
        y = event.y + self.scroll_offset.y
        if 0 <= y < len(self._entries) and self._entries[y].target:
            self._point_at(y)
            self.action_choose()

    def _pointer_row(self) -> int:
        return next((y for y, entry in enumerate(self._entries) if entry.target == self._target), -1)

    def _point_at(self, y: int) -> None:
        before, self._target = self._pointer_row(), self._entries[y].target
        for row in {before, y}:
            self.refresh_line(row)
        # A heading above the first entry would never be seen again if the list stopped at the entry itself.
        first = min((row for row, entry in enumerate(self._entries) if entry.target), default=0)
        self.scroll_to_region_of(0 if y == first else y)
        if self._target:
            self.post_message(self.Highlighted(self._target))

    def scroll_to_region_of(self, y: int) -> None:
        """Bring this row into the window, moving it as little as possible."""
        top, height = self.scroll_offset.y, self.size.height
        if y < top:
            self.scroll_to(y=y, animate=False, immediate=True)
        elif y >= top + height:
            self.scroll_to(y=y - height + 1, animate=False, immediate=True)

    def refresh_line(self, y: int) -> None:
        """Repaint one row of the list."""
        self.refresh(Region(0, y - self.scroll_offset.y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """The row behind its gutter, which holds the pointer: it is seen without colour too."""
        here = self._target is not None and y + self.scroll_offset.y == self._pointer_row()
        strip = super().render_line(y).crop(0, max(self.size.width - _GUTTER, 0))
        sign = Segment(self.pointer + " " if here else "  ", self.rich_style + Style(color="cyan", bold=True))
        strip = Strip([sign, *strip], strip.cell_length + _GUTTER)
        if not here:
            return strip
        paper = Style(bgcolor=self.get_component_rich_style("choices--pointer").bgcolor)
        return Strip([Segment(text, (style or Style()) + paper) for text, style, _ in strip], strip.cell_length)
