"""The figure of the lesson on trade-offs: what RNN, LSTM and GRU cost, and what each learns of the adding task."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows, mark_of
from tutor.drawing.rows import FAINT, GOOD, SERIES, STRONG, Row, fit, headed, wrap

CURVE_HEIGHT = 11
REMEMBERS = 0.5  # of the baseline: a loss below that is no chance


def draw_three_cells(
    settings: Mapping[str, Any], answer: Mapping[str, Any] | None, width: int, charset: Charset = UNICODE
) -> list[Row]:
    """Losses on a log scale, the baseline among them, and a line of numbers for each cell."""
    head = f"{settings['steps']} numbers to read, H = {settings['hidden']}, seed {settings['seed']}"
    if answer is None:
        return _awaited(head, width, charset)
    each = answer["iterations"] // len(answer["cells"]["RNN"]["losses"])
    lines = [
        Line(name, [((k + 1) * each, loss) for k, loss in enumerate(cell["losses"])])
        for name, cell in answer["cells"].items()
    ]
    lines.append(Line("always 1", [(each, answer["baseline"]), (answer["iterations"], answer["baseline"])]))
    rows = headed(head, f"; {answer['iterations']} batches of {answer['batch']}, trained just now", width)
    rows += draw_curve_rows(lines, width, CURVE_HEIGHT + 1 - len(rows), charset, log=True)
    smallest = min(cell["parameters"] for cell in answer["cells"].values())
    rows.append([(f"  {'cell':6}{'parameters':>12}{'times':>7}{'us a step':>11}{'last loss':>11}", FAINT)])
    for place, (name, cell) in enumerate(answer["cells"].items()):
        last = cell["losses"][-1]
        numbers = f"{cell['parameters']:>12,}{cell['parameters'] / smallest:>7.1f}{cell['step_us']:>11.1f}{last:>11.3g}"
        remembers = last < REMEMBERS * answer["baseline"]
        words, style = ("  it remembers", GOOD) if remembers else ("  no better than a constant", FAINT)
        mark = (f"{mark_of(place, charset)} ", SERIES[place % len(SERIES)])
        rows.append([mark, (f"{name:6}", STRONG), (numbers, ""), (words, style)])
    return [fit(row, width, charset.cut) for row in rows]


def _awaited(head: str, width: int, charset: Charset) -> list[Row]:
    rows: list[Row] = [[(head, STRONG)], []]
    told = (
        "Three nets of one width, trained now on the adding task: two of the numbers are marked, one in each half, and "
        "their sum is asked for at the end. You will see the loss of each as it learns, beside that of a net that "
        "always answers 1, and what a step of each costs here."
    )
    rows += wrap(told, width)
    rows += [[], [(f"computing {charset.cut}", FAINT)]]
    return [fit(row, width, charset.cut) for row in rows]
