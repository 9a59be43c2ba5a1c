"""Selective units: what each feature of the text is best told by, and the best of them drawn over the text."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.characters import draw_digit_scale, lines_of, shaded_text
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import FAINT, GOOD, STRONG, Row, fit, wrap
from tutor.drawing.shades import Scale, draw_scale

_NAME = 26


def draw_selective_cells(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """A row for each feature, then one unit's state under the passage."""
    rows: list[Row] = [[(f"{'feature':<{_NAME}} {'unit':>5} {'score':>7} {'chance':>7} {'share':>7}", FAINT)]]
    for each in answer["found"]:
        beyond = abs(each["score"]) > each["chance"]
        numbers = f" {each['unit']:>5} {each['score']:>+7.2f} {each['chance']:>7.2f} {each['share']:>7.1%}"
        rows.append(
            [(f"{each['feature']:<{_NAME}}", STRONG if beyond else FAINT), (numbers, GOOD if beyond else FAINT)]
        )
    words = (
        f"Score: 2 AUC - 1 of the unit's {answer['state']} alone, over {answer['measured']:,} held-out characters; 1 "
        "and -1 tell the feature without error, 0 is a coin. Chance: what the best of all units reaches when the "
        "feature is shifted along the text. Share: how often it holds."
    )
    if answer["left_out"]:
        words += f" Too rare there to be told: {', '.join(answer['left_out'])}."
    rows += [*wrap(words, width, FAINT), []]
    unit = f"Unit {answer['unit']}, layer {answer['layer']}"
    head = f"{unit}: at what share of the characters its {answer['state']} is lower than here"
    rows += wrap(head, width, STRONG)
    scale = Scale(0.0, 1.0)
    for text, values in lines_of(answer["text"], answer["shares"], width):
        rows += shaded_text(text, values, scale, charset)
    rows.append([(draw_digit_scale(scale), FAINT)] if charset.shading == "glyphs" else draw_scale(scale, charset))
    return [fit(row, width, charset.cut) for row in rows]
