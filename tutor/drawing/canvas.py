"""A grid of cells that wires and values are put on, row and column counted from the upper left."""

from tutor.drawing.charset import Charset
from tutor.drawing.rows import Row, merge


class Canvas:
    """Signs of one cell each; what is put later lies on top, and what would lie outside is left out."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self._cells: list[list[tuple[str, str]]] = [[(" ", "")] * width for _ in range(height)]

    def put(self, row: int, column: int, text: str, style: str = "") -> None:
        """Write a text from this cell on."""
        for place, sign in enumerate(text, column):
            if 0 <= place < self.width:
                self._cells[row][place] = (sign, style)

    def centred(self, row: int, column: int, text: str, style: str = "") -> None:
        """Write a text around this cell."""
        self.put(row, column - len(text) // 2, text, style)

    def across(self, row: int, first: int, last: int, style: str = "") -> None:
        """A wire along a row, both ends included."""
        self.put(row, first, "─" * (last - first + 1), style)

    def down(self, column: int, first: int, last: int, style: str = "") -> None:
        """A wire along a column, both ends included."""
        for row in range(first, last + 1):
            self.put(row, column, "│", style)

    def rows(self, charset: Charset) -> list[Row]:
        """What was put, in the signs of this terminal."""
        return [merge([(charset.translate(sign), style) for sign, style in row]) for row in self._cells]
