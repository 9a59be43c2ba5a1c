"""Text that a net made up: as it is, or with how likely each of its characters was."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.characters import draw_digit_scale, lines_of, shaded_text
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, Row, fit, wrap
from tutor.drawing.shades import Scale, draw_scale

_CERTAIN = Scale(0.0, 1.0)


def draw_sample(
    answer: Mapping[str, Any], width: int, charset: Charset = UNICODE, *, with_chances: bool = False
) -> list[Row]:
    """Prompt and text, wrapped at the width; a line of facts below."""
    if with_chances:
        return [*draw_chances(answer["text"], answer["probabilities"], width, charset), [], *_facts(answer, width)]
    return [*draw_typed(answer["prompt"].lstrip("\n") + answer["text"], width), [], *_facts(answer, width)]


def draw_typed(text: str, width: int) -> list[Row]:
    """The text as it is, a row a line; a line that is too long goes on in the next row."""
    lines = [printable_line(line) for line in text.split("\n")]
    return [[(line[start : start + width], "")] for line in lines for start in range(0, max(len(line), 1), width)]


def draw_chances(text: str, probabilities: list[float], width: int, charset: Charset = UNICODE) -> list[Row]:
    """Each character on a shade for its probability: dark where the net took a chance."""
    rows: list[Row] = []
    for piece, values in lines_of(text, probabilities, width):
        rows += shaded_text(piece, values, _CERTAIN, charset)
    rows.append([(draw_digit_scale(_CERTAIN), FAINT)] if charset.shading == "glyphs" else draw_scale(_CERTAIN, charset))
    return [fit(row, width, charset.cut) for row in rows]


def _facts(answer: Mapping[str, Any], width: int) -> list[Row]:
    words = f"{answer['run']}, step {answer['step']}, temperature {answer['temperature']:g}."
    return wrap(printable_line(words), width, FAINT)
