"""Gradients through time: how much of the last step's gradient arrives at each step before it, on a log scale."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows
from tutor.drawing.rows import FAINT, STRONG, Row, fit, wrap

_HEIGHT = 12
_BOTH = "h and c, trained"


def draw_through_time(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """The curves of the trained and of untrained nets, and where each has lost nine tenths."""
    curves, span, is_lstm = answer["curves"], len(answer["curves"][0]["log10"]), answer["cell"] == "lstm"
    # As many as can be told apart by their lines; the others are in the table.
    shown = [each for each in curves if not is_lstm or each["name"].startswith("c,") or each["name"] == _BOTH]
    lines = [
        Line(
            _short(each["name"]).replace("untrained bias", "bias"),
            [(float(t), value) for t, value in enumerate(each["log10"], 1)],
        )
        for each in shown
    ]
    rows: list[Row] = [[(f"log10 of |dL/ds(t)| / |dL/ds(T)| against t, T = {span}", STRONG)]]
    rows += draw_curve_rows(lines, width, _HEIGHT, charset, last_step=span)
    head = f"{'':<20} {'10 back':>8} {'50 back':>8} {f'{span - 1} back':>8} {'a tenth':>9}"
    rows += [[], [(head, FAINT)]]
    for each in curves:
        values = each["log10"]
        back = [values[-1 - steps] if steps < span else None for steps in (10, 50, span - 1)]
        numbers = " ".join(f"{'-' if value is None else f'10^{value:.1f}':>8}" for value in back)
        rows.append([(f"{_short(each['name']):<20}", STRONG), (f" {numbers} {_a_tenth_after(values):>9}", "")])
    words = (
        f"Loss of the last character alone, mean over {answer['rows']} held-out passages; the last layer's states. "
        "A tenth: how many steps back less than a tenth arrives."
    )
    if any(each["name"].endswith("bias 0") for each in curves):
        words += (
            " Untrained at forget bias 0 every f is near 0.5: by way of c alone 0.5^k arrives, the rest by way of h."
        )
    return [fit(row, width, charset.cut) for row in [*rows, *wrap(words, width, FAINT)]]


def _short(name: str) -> str:
    """As wide as the table's first column, and four of them side by side in 60 columns without what all have."""
    return name.replace("h and c", "h,c").replace(", ", " ")


def _a_tenth_after(values: list[float]) -> str:
    """How many steps back less than a tenth arrives, for the first time."""
    steps = next((back for back, value in enumerate(reversed(values)) if value < -1.0), None)
    return f"{steps} back" if steps is not None else "never"
