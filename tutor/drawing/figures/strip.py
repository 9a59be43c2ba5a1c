"""A strip of signed bars, one cell a character, that stand on a line of zero or hang from it."""

from collections.abc import Sequence

from tutor.drawing.charset import Charset
from tutor.drawing.rows import ACCENT, FAINT, Row, merge

MARGIN = 8


def draw_strip(
    name: str,
    values: Sequence[float],
    limits: tuple[float, float],
    height: int,
    here: int,
    colour: str,
    charset: Charset,
) -> list[Row]:
    """`height` rows; the limits stand in the margin, the column `here` in another colour; half cells count."""
    low, high = min(limits[0], 0.0), max(limits[1], 0.0)
    above = _rows_above(low, high, height)
    unit = max(high / above if above else 0.0, -low / (height - above) if above < height else 0.0) or 1.0
    rows: list[Row] = []
    for row in range(height):
        signs = [
            (_sign(value / unit, row, above, charset), ACCENT if place == here else colour)
            for place, value in enumerate(values)
        ]
        rows.append(merge([(_label(row, name, above * unit, (above - height) * unit, height), FAINT), *signs]))
    return rows


def _rows_above(low: float, high: float, height: int) -> int:
    """How many rows lie above zero: as the limits are, and one at least for a side that has values."""
    if high == low:
        return height
    above = round(height * high / (high - low))
    return min(max(above, 1 if high > 0 else 0), height - 1 if low < 0 else height)


def _sign(level: float, row: int, above: int, charset: Charset) -> str:
    """What a bar of `level` rows shows in one of them."""
    filled = level - (above - 1 - row) if row < above else -level - (row - above)
    if filled >= 0.75:
        return charset.translate("█")
    if filled >= 0.25:
        half = ("▄", ".") if row < above else ("▀", "'")
        return half[0] if charset.unicode else half[1]
    return " "


def _label(row: int, name: str, high: float, low: float, height: int) -> str:
    limit = high if row == 0 else low if row == height - 1 else None
    words = "" if limit is None else f"{limit + 0.0:+.2g}" if limit else "0"
    return f"{name if row == height // 2 else '':<2}{words:>{MARGIN - 3}} "
