"""How coherent a net's text is: its measures beside held-out text and a 4-gram's sample, and a verdict."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, FAINT, GOOD, STRONG, Row, fit, wrap

_NAME, _SHOWN = 10, 12


def draw_coherence(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """A row for each measure with its verdict, what each means, and the beginning of the text."""
    rows: list[Row] = [[(f"  {'':<{_NAME}} {'this net':>9} {'4-gram':>9} {'held-out text':>18}", FAINT)]]
    for each in answer["measures"]:
        mark, style = (charset.passed, GOOD) if each["holds"] else (charset.failed, BAD)
        span = f"{_told(each, 'low')} to {_told(each, 'high')}"
        numbers = f" {_told(each, 'found'):>9} {_told(each, 'ngram'):>9} {span:>18}"
        rows.append([(f"{mark} ", style), (f"{each['name']:<{_NAME}}", STRONG), (numbers, "")])
    for each in answer["measures"]:
        rows += wrap(f"{each['name']}: {each['sentence']}.", width, FAINT)
    verdict = "Coherent by all five." if answer["coherent"] else "Not yet coherent by all five."
    how = (
        f"{answer['characters']:,} characters at temperature {answer['temperature']:g}. All must lie in the "
        "held-out range, words and speakers also beat the 4-gram, and no longer span be copied."
    )
    rows += [[], *wrap(verdict, width, GOOD if answer["coherent"] else STRONG), *wrap(how, width, FAINT), []]
    rows += [[(printable_line(line), "")] for line in answer["text"].strip("\n").split("\n")[:_SHOWN]]
    return [fit(row, width, charset.cut) for row in rows]


def _told(each: Mapping[str, Any], column: str) -> str:
    value = each[column]
    return f"{value:.1%}" if each["name"] in ("words", "speakers", "names") else f"{value:.0f}"
