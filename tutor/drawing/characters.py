"""Numbers that belong to the characters of a text: shades under them, or digits below them."""

import math
from collections.abc import Sequence

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import BAD, Row, merge
from tutor.drawing.shades import NO_NUMBER, PALETTE, RAMP, Scale

_DARK = 4  # palette colours below this one are dark: their characters are written in white


def visible(symbol: str, charset: Charset = UNICODE) -> str:
    """A character as one cell: a line break as a sign, and what cannot be printed as a dot."""
    if symbol == "\n":
        return "\u21b5" if charset.unicode else "/"
    shown = symbol if symbol.isprintable() else "."
    return shown if charset.unicode or shown.isascii() else "?"


def named(symbol: str, charset: Charset = UNICODE) -> str:
    """The same within a sentence, where a space would not be seen."""
    return "space" if symbol == " " else visible(symbol, charset)


def draw_text(text: str, charset: Charset = UNICODE) -> str:
    """The text in one row, a cell for each character."""
    return "".join(visible(symbol, charset) for symbol in text)


def shade_row(values: Sequence[float], scale: Scale, charset: Charset = UNICODE) -> Row:
    """One shade a value, a cell wide."""
    return merge([_shade(value, scale, charset) for value in values])


def shaded_text(text: str, values: Sequence[float], scale: Scale, charset: Charset = UNICODE) -> list[Row]:
    """The text with each character on its shade; without colours a row of digits 0 to 9 below it."""
    if charset.shading == "glyphs":
        return [[(draw_text(text, charset), "")], [("".join(_digit(value, scale) for value in values), "")]]
    return [merge([_on_shade(visible(s, charset), v, scale) for s, v in zip(text, values, strict=True)])]


def draw_digit_scale(scale: Scale) -> str:
    """What the digits stand for."""
    return f"0 is {scale.low:.3g}, 9 is {scale.high:.3g}"


def _shade(value: float, scale: Scale, charset: Charset) -> tuple[str, str]:
    if charset.shading == "glyphs":
        level = scale.level(value, len(RAMP))
        return (NO_NUMBER, BAD) if level is None else (RAMP[level], "")
    level = scale.level(value, len(PALETTE))
    return (NO_NUMBER, BAD) if level is None else (" ", f"on color({PALETTE[level]})")


def _on_shade(symbol: str, value: float, scale: Scale) -> tuple[str, str]:
    level = scale.level(value, len(PALETTE))
    if level is None:
        return symbol, BAD
    return symbol, f"color({231 if level < _DARK else 16}) on color({PALETTE[level]})"


def _digit(value: float, scale: Scale) -> str:
    level = scale.level(value, 10) if math.isfinite(value) else None
    return NO_NUMBER if level is None else str(level)


def lines_of(text: str, values: Sequence[float], width: int) -> list[tuple[str, Sequence[float]]]:
    """The text cut at its line breaks, and where a line is too long at the width; each piece with its values."""
    pieces, start = [], 0
    for place, symbol in enumerate(text):
        if symbol == "\n" or place - start + 1 == width:
            pieces.append((text[start : place + 1], values[start : place + 1]))
            start = place + 1
    return [*pieces, (text[start:], values[start:])] if start < len(text) else pieces
