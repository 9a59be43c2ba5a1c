"""The one widget that shows rows: a drawing of the size it is given, repainted only where it has changed."""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tutor.drawing.rows import Row, cells, merge

Painter = Callable[[int, int], Sequence[Row]]


class Picture(ScrollView, can_focus=False):
    """Asks its painter for rows of the present size; scrolls where there are more of them than fit."""

    DEFAULT_CSS = """
    Picture {
        height: 1fr; width: 1fr; overflow-x: hidden;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    """

    def __init__(self, painter: Painter | None = None, *, id: str | None = None, classes: str | None = None):
        super().__init__(id=id, classes=classes)
        self._painter: Painter = painter or (lambda _width, _height: [])
        self._rows: list[Row] = []

    def paint(self, painter: Painter | None = None, from_top: bool = False) -> None:
        """Draw anew, by another painter if one is given; cells that stay the same are not sent again."""
        self._painter = painter or self._painter
        width, height = self.scrollable_content_region.size
        if width > 0 and self.is_mounted:
            self._replace(list(self._painter(width, height)))
        if from_top:
            self.scroll_home(animate=False)

    @property
    def rows(self) -> list[Row]:
        """What is drawn now."""
        return self._rows

    def show_rows(self, first: int, end: int) -> None:
        """Scroll as little as shows these rows, their first one at any rate."""
        top, height = self.scroll_offset.y, self.size.height
        if first < top or end > top + height:
            self.scroll_to(y=min(first, end - height), animate=False, immediate=True)

    def scroll_on(self) -> bool:
        """On by a window; False at the end."""
        is_further = self.scroll_offset.y < self.max_scroll_y
        if is_further:
            self.scroll_relative(y=max(self.size.height - 2, 1), animate=False)
        return is_further

    def on_resize(self) -> None:
        self.paint()

    def _replace(self, rows: list[Row]) -> None:
        before, self._rows = self._rows, rows
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        top, height = self.scroll_offset.y, self.size.height
        for y in range(top, top + height):
            old, new = (_row_at(before, y), _row_at(rows, y))
            if span := changed_span(old, new):
                self.refresh(Region(span[0], y - top, span[1] - span[0], 1))

    def render_line(self, y: int) -> Strip:
        """One line of the window, as Textual asks for it."""
        base = self.rich_style
        row = _row_at(self._rows, y + self.scroll_offset.y)
        segments = [Segment(text, base + Style.parse(style)) for text, style in merge(row)]
        return Strip(segments, cells(row)).crop_extend(0, self.size.width, base)


def _row_at(rows: Sequence[Row], y: int) -> Row:
    return rows[y] if 0 <= y < len(rows) else []


def changed_span(old: Row, new: Row) -> tuple[int, int] | None:
    """The first and the last cell (excluded) in which two rows differ; None where they are alike."""
    if merge(old) == merge(new):
        return None
    width = max(cells(old), cells(new))
    if any(not text.isascii() and cells([(text, "")]) != len(text) for text, _ in [*old, *new]):
        return 0, width  # wide characters: columns and characters are not the same
    before, after = _by_cell(old, width), _by_cell(new, width)
    differing = [x for x in range(width) if before[x] != after[x]]
    return (differing[0], differing[-1] + 1) if differing else None


def _by_cell(row: Row, width: int) -> list[tuple[str, str]]:
    single = [(character, style) for text, style in row for character in text]
    return single + [(" ", "")] * (width - len(single))
