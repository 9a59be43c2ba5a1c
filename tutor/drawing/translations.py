"""Translations that came out otherwise than their reference, three rows each."""

from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, FAINT, STRONG, Row, fit, wrap

_LABEL = 8


def draw_wrong(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """How many there are, and of those shown source, truth and translation, from where they part in another colour."""
    head = f"{answer['wrong']:,} of {answer['examples']:,} held-out translations are not the reference."
    rows: list[Row] = wrap(head, width, STRONG)
    for pair in answer["shown"]:
        truth, said = (charset.translate(printable_line(pair[name])) for name in ("truth", "translation"))
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(truth, said, strict=False)))
        source = charset.translate(printable_line(pair["source"]))
        rows += [
            [],
            *_row("source", [(source, "")], width, charset),
            *_row("truth", [(truth[:same], ""), (truth[same:], STRONG)], width, charset),
            *_row("said", [(said[:same], ""), (said[same:], BAD)], width, charset),
        ]
    return rows


def _row(label: str, text: Row, width: int, charset: Charset) -> list[Row]:
    return [fit([(f"{label:<{_LABEL}}", FAINT), *text], width, charset.cut)]
