"""Important time steps: gradient x input of what comes next, drawn over the characters before it."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.characters import draw_digit_scale, lines_of, named, shaded_text
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import FAINT, STRONG, Row, fit, wrap
from tutor.drawing.shades import Scale, draw_scale

_MOST = 5


def draw_saliency(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """The size of each character's say as a shade, then the strongest of them with their signs."""
    sizes = [abs(value) for value in answer["values"]]
    scale = Scale(0.0, max(sizes, default=1.0) or 1.0)
    chance, target = answer["probability"], named(answer["target"], charset)
    guesses = ", ".join(f"{named(each['symbol'], charset)} {each['probability']:.0%}" for each in answer["guesses"])
    rows: list[Row] = [[("What speaks for ", ""), (target, STRONG), (f" ({chance:.1%}) as the next character", "")]]
    rows.append([(f"The net's own guesses: {guesses}", FAINT)])
    for text, values in lines_of(answer["text"], sizes, width):
        rows += shaded_text(text, values, scale, charset)
    rows.append([(draw_digit_scale(scale), FAINT)] if charset.shading == "glyphs" else draw_scale(scale, charset))
    rows += [[], *wrap(_strongest(answer, charset), width)]
    words = (
        "gradient x input, to first order: how much ln p would fall if that character's embedding were taken away. It "
        "is no proof of a cause: a saturated gate hides what went through it, and two characters may share one say."
    )
    return [fit(row, width, charset.cut) for row in [*rows, *wrap(words, width, FAINT)]]


def _strongest(answer: Mapping[str, Any], charset: Charset) -> str:
    values, text = answer["values"], answer["text"]
    places = sorted(range(len(values)), key=lambda place: -abs(values[place]))[:_MOST]
    told = [
        f"{named(text[place], charset)} {len(text) - place} back ({values[place]:+.2f})" for place in sorted(places)
    ]
    return "Strongest: " + ", ".join(told) + "." if told else ""
