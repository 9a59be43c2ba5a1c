"""The figure of the lesson on trade-offs: what RNN, LSTM and GRU cost, and what each learns of a task of memory."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.curve import Line, draw_curve_rows, mark_of
from tutor.drawing.rows import FAINT, GOOD, SERIES, STRONG, Row, fit, headed, wrap

ROWS, SMALLEST_CURVE, WIDE = 18, 6, 70
REMEMBERS = 0.5  # of the baseline: a loss below that is no chance
_TASK = {"adding": "adding two of T numbers", "copy": "copying one letter"}
_NOTHING = {"adding": "always 1", "copy": "a guess"}
_TOLD = {
    "adding": "two of T numbers are marked, one in each half, and their sum is asked for at the end. You will see the "
    "loss of each as it learns, beside that of a net that always answers 1,",
    "copy": "one letter of eight is read, then T blanks, and the letter is asked for at the end. You will see the loss "
    "of each as it learns, beside that of a guess,",
}

Answer = Mapping[str, Any]


def draw_three_cells(
    settings: Answer,
    answer: Answer | None,
    tried: Sequence[Answer],
    own: Sequence[str],
    width: int,
    charset: Charset = UNICODE,
) -> list[Row]:
    """Losses on a log scale, the baseline among them, and a line of numbers for each cell.

    `tried` are the answers for other lengths so far, `own` what the learner's runs reached, in words.
    """
    head = f"{_TASK[settings['task']]}, T = {settings['steps']}, H = {settings['hidden']}, seed {settings['seed']}"
    if answer is None:
        return _awaited(settings, head, width, charset)
    gates = "for T" if settings["gates"] == "for T" else "as usual"
    rows = headed(head, f"; gates start {gates}", width)
    below = [_columns(width), *(_numbers(name, answer, tried, width, charset) for name in answer["cells"])]
    below += _own(own, width, charset)
    rows += draw_curve_rows(
        _lines(answer), width, max(SMALLEST_CURVE, ROWS - len(rows) - len(below)), charset, log=True
    )
    return [fit(row, width, charset.cut) for row in [*rows, *below]]


def remembers(answer: Answer, cell: str) -> bool:
    """Whether it ended well below the loss of a net that remembers nothing: it has this length."""
    return answer["cells"][cell]["losses"][-1] < REMEMBERS * answer["baseline"]


def _lines(answer: Answer) -> list[Line]:
    each = answer["iterations"] // len(answer["cells"]["RNN"]["losses"])
    lines = [
        Line(name, [((k + 1) * each, loss) for k, loss in enumerate(cell["losses"])])
        for name, cell in answer["cells"].items()
    ]
    level = [(each, answer["baseline"]), (answer["iterations"], answer["baseline"])]
    return [*lines, Line(_NOTHING[answer["settings"]["task"]], level)]


def _columns(width: int) -> Row:
    if width < WIDE:
        return [(f"  {'cell':5}{'weights':>8}{'us':>5}{'loss':>9}{'at 2T':>9}  has T of", FAINT)]
    return [(f"  {'cell':5}{'weights':>8}{'times':>7}{'us/step':>9}{'last loss':>11}{'at 2T':>9}  has T of", FAINT)]


def _numbers(name: str, answer: Answer, tried: Sequence[Answer], width: int, charset: Charset) -> Row:
    cells = answer["cells"]
    cell, smallest, place = cells[name], min(each["parameters"] for each in cells.values()), list(cells).index(name)
    count, last, double = f"{cell['parameters']:>8,}", cell["losses"][-1], cell["at_double"]
    numbers = f"{count}{cell['step_us']:>5.0f}{last:>9.2g}{double:>9.2g}"
    if width >= WIDE:
        numbers = f"{count}{cell['parameters'] / smallest:>7.1f}{cell['step_us']:>9.1f}{last:>11.3g}{double:>9.3g}"
    lengths = [(each["settings"]["steps"], remembers(each, name)) for each in tried]
    kept = ", ".join(str(steps) for steps, is_kept in lengths if is_kept)
    words = kept or f"none of {', '.join(str(steps) for steps, _ in lengths)}"
    mark = (f"{mark_of(place, charset)} ", SERIES[place % len(SERIES)])
    return [mark, (f"{name:5}", STRONG), (numbers, ""), (f"  {words}", GOOD if kept else FAINT)]


def _own(own: Sequence[str], width: int, charset: Charset) -> list[Row]:
    """The learner's runs, in two rows at most."""
    if not own:
        return []
    rows = wrap(f"Your runs, right answers: {'; '.join(own)}.", width)
    return rows if len(rows) <= 2 else [rows[0], [*fit(rows[1], width - 2, charset.cut), (f" {charset.cut}", FAINT)]]


def _awaited(settings: Answer, head: str, width: int, charset: Charset) -> list[Row]:
    rows: list[Row] = [[(head, STRONG)], []]
    told = f"Three nets of one width, trained now: {_TOLD[settings['task']]} and what a step of each costs here."
    rows += wrap(told, width)
    rows += [[], [(f"computing {charset.cut} a few seconds for each net, more for longer sequences", FAINT)]]
    return [fit(row, width, charset.cut) for row in rows]
