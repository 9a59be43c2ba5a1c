"""The figure of the lesson on layer norm: tokens as rows, features as columns, and what shares a mean."""

from collections.abc import Mapping

from lessons.figures.norm_axes import EPS, WORDS, NormAxes, Place, is_padding
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import ACCENT, FAINT, STRONG, WARN, Row, fit, wrap

_WIDE = 70
_LABEL, _NUMBER = 7, 6
_PADDING = "(pad)"
_SHARED, _HERE = "cyan", "bold reverse"


def draw_norm_axes(
    state: NormAxes, before: Mapping[Place, float] | None, width: int, charset: Charset = UNICODE
) -> list[Row]:
    """Numbers on the left, the same normalised on the right, and below how the one looked at comes about.

    What shares a mean stands in brackets. `before` are the outputs before the last change: those that moved are
    marked.
    """
    shared = frozenset(state.shares(state.place))
    outputs = state.outputs()
    moved = frozenset(place for place in outputs if before and place in before and _differs(before, outputs, place))
    gap = 4 if width >= _WIDE else 1
    rows: list[Row] = [_title(state, width), _columns(gap)]
    for sentence in range(len(WORDS)):
        rows += [_token(state, sentence, position, shared, outputs, moved, gap, charset) for position in range(4)]
    rows += _in_words(state, shared, charset)
    rows += _change(before, outputs, moved, state.place, width, charset)
    return [fit(row, width, charset.cut) for row in rows]


def _differs(before: Mapping[Place, float], now: Mapping[Place, float], place: Place) -> bool:
    return abs(before[place] - now[place]) > 1e-9


def _title(state: NormAxes, width: int) -> Row:
    what = "one feature, every token" if state.norm == "batch" else "one token, every feature"
    rest = f"{what}; " if width >= _WIDE else ""
    rest += "a batch of one" if state.is_alone else "a batch of three"
    if state.norm == "batch":
        rest += f", padding {'counted' if state.counts_padding else 'left out'}"
    return [(f"{state.norm.capitalize()} norm: ", STRONG), (rest, "")]


def _columns(gap: int) -> Row:
    features = "".join(f"f{feature + 1}".rjust(_NUMBER - 1) + " " for feature in range(4))
    return [("token".ljust(_LABEL) + features + (" y" if gap > 1 else "").ljust(gap) + features, FAINT)]


def _token(
    state: NormAxes,
    sentence: int,
    position: int,
    shared: frozenset[Place],
    outputs: Mapping[Place, float],
    moved: frozenset[Place],
    gap: int,
    charset: Charset,
) -> Row:
    """A token of the batch: its word, its numbers and its outputs; one that is in no batch now is faint."""
    word = WORDS[sentence][position] or _PADDING
    row: Row = [(f"{sentence + 1} {word}".ljust(_LABEL)[:_LABEL], FAINT if word == _PADDING else "")]
    places = [(sentence, position, feature) for feature in range(4)]
    for place in places:
        number = f"{state.value(place):g}"
        style = _HERE if place == state.place else f"{STRONG} {_SHARED}" if place in shared else ""
        style = FAINT if sentence not in state.sentences else style
        row += _bracketed(number, place in shared, style)
    row.append((" " * gap, ""))
    for place in places:
        if place not in outputs:
            row.append((charset.later.rjust(_NUMBER - 1) + " ", FAINT))
            continue
        mark = "*" if place in moved else " "
        style = WARN if place in moved else _HERE if place == state.place else FAINT if is_padding(place) else ""
        row += [(f"{_signed(outputs[place])}".rjust(_NUMBER - 1), style), (mark, WARN)]
    return row


def _bracketed(number: str, is_shared: bool, style: str) -> Row:
    first, last = "[]" if is_shared else "  "
    return [(first, ACCENT), (number.rjust(_NUMBER - 2), style), (last, ACCENT)]


def _in_words(state: NormAxes, shared: frozenset[Place], charset: Charset) -> list[Row]:
    mean, variance = state.statistics(state.place)
    x, y = state.value(state.place), state.output(state.place)
    text = f"{len(shared)} numbers: mean {_plain(mean)}, variance {_plain(variance)}"
    minus = f"+ {-mean:.2f}" if mean < 0 else f"- {mean:.2f}"
    spread = f"sqrt({variance:.2f})" if variance > 1000 * EPS else f"sqrt({variance:.2f} + {EPS:g})"
    equation = charset.translate(f"y = ({x:g} {minus}) / {spread} = {_signed(y)}")
    return [[(text, "")], [(equation, STRONG)]]


def _change(
    before: Mapping[Place, float] | None,
    now: Mapping[Place, float],
    moved: frozenset[Place],
    here: Place,
    width: int,
    charset: Charset,
) -> list[Row]:
    if before is None:
        return wrap("Change something: the outputs that move are marked *.", width, FAINT)
    common = [place for place in now if place in before]
    text = f"By the last key {len(moved)} of {len(common)} outputs moved"
    if here in before and here in moved:
        text += f", this one from {_signed(before[here])} to {_signed(now[here])}"
    return wrap(charset.translate(f"{text}."), width, WARN if moved else "")


def _signed(value: float) -> str:
    """Two places with a sign; no minus before a zero."""
    return f"{value + 0.0:+.2f}".replace("-0.00", "+0.00")


def _plain(value: float) -> str:
    return f"{value:.2f}".replace("-0.00", "0.00")
