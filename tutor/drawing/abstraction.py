"""How abstract each layer is: probe accuracy and separation of the classes, a row for each depth."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.durations import percent
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, FAINT, STRONG, Row, fit, wrap

_NAME, _NUMBER = 18, 9


def draw_abstraction(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """Two bars a row: what a linear probe reads there, and how far the classes lie apart."""
    depths = answer["depths"]
    bar = max((width - _NAME - 2 * _NUMBER - 4) // 2, 4)
    farthest = max((each["separation"] or 0.0 for each in depths), default=0.0) or 1.0
    head = f"{'behind':<{_NAME}}{'linear probe':<{bar + _NUMBER + 2}}{'separation'}"
    rows: list[Row] = [[(head, FAINT)]]
    for each in depths:
        probe, apart = each["probe_accuracy"], each["separation"]
        rows.append([
            (f"{printable_line(each['name']):<{_NAME}}", ""),
            *_bar(probe, bar, charset), (f"{percent(probe):>{_NUMBER}}  ", STRONG),
            *_bar((apart or 0.0) / farthest, bar, charset), (f"{_ratio(apart):>{_NUMBER}}", STRONG),
        ])  # fmt: skip
    rows += [[], *wrap(_legend(answer), width, FAINT)]
    return [fit(row, width, charset.cut) for row in rows]


def _bar(share: float, width: int, charset: Charset) -> Row:
    filled = round(min(max(share, 0.0), 1.0) * width)
    return [(charset.full * filled, ACCENT), (charset.empty * (width - filled), FAINT)]


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _legend(answer: Mapping[str, Any]) -> str:
    return (
        f"The probe is a linear classifier on the mean of each channel, fitted on {answer['train']:,} training images "
        f"and scored on {answer['held_out']:,} held-out ones; to name always the commonest class gives "
        f"{percent(answer['chance'])}. "
        "Separation is the spread of the class means over the spread within the classes, tr(S_B) / tr(S_W)."
    )
