"""What stands above a cell that reads a text: whose it is, which unit, and the text with the place in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tutor.drawing.characters import draw_text, visible
from tutor.drawing.charset import Charset
from tutor.drawing.rows import ACCENT, FAINT, STRONG, Row, spread, wrap

NOT_YOURS = "a small cell trained just now, not yours yet"


@dataclass(frozen=True)
class Moment:
    """One unit of the answer at one character."""

    answer: Mapping[str, Any]
    rank: int = 0  # 0 is the unit whose c moves most
    step: int = 0
    is_playing: bool = False

    @property
    def text(self) -> str:
        return self.answer["text"]

    @property
    def layer(self) -> int:
        return self.answer["settings"]["layer"]

    def over_time(self, signal: str) -> list[float]:
        """One of i, f, g, o, c, h after each character."""
        return self.answer["signals"][signal][self.rank]

    def now(self, signal: str) -> float:
        return self.over_time(signal)[self.step]

    def before(self, signal: str) -> float:
        """c or h before the character is read: 0 before the first."""
        return self.over_time(signal)[self.step - 1] if self.step else 0.0


def draw_moment(moment: Moment, width: int, charset: Charset, margin: int = 0) -> list[Row]:
    """Whose unit it is, the text from column `margin` on, what is read and expected: three rows, four if narrow."""
    answer, cut = moment.answer, charset.cut
    whose = answer["cell"] or NOT_YOURS
    layer = f", layer {moment.layer} of {answer['layers']}" if answer["layers"] > 1 else ""
    unit = f"unit {answer['units'][moment.rank]} of {answer['hidden']}{layer}"
    place = f"{'playing  ' if moment.is_playing else ''}{moment.step + 1}/{len(moment.text)}"
    first = first_shown(moment, width - margin)
    lead = " " * margin
    shown, here = draw_text(moment.text[first : first + width - margin], charset), moment.step - first
    heads: list[Row] = [[(whose, STRONG), (f": {unit}", "")]]
    if len(whose) + len(unit) + len(place) + 3 > width:
        heads = [[(whose, STRONG)], [(unit, "")]]
    return [
        *heads[:-1],
        spread(heads[-1], [(place, FAINT)], width, cut),
        [(lead + shown[:here], ""), (shown[here], f"{STRONG} reverse {ACCENT}"), (shown[here + 1 :], "")],
        _pointer(moment, margin + here, width, charset),
    ]


def first_shown(moment: Moment, room: int) -> int:
    """The first character of the window that a text wider than the page is seen through."""
    return max(0, min(moment.step - room * 2 // 3, len(moment.text) - room))


def draw_awaited(run: str, told: str, width: int, charset: Charset) -> list[Row]:
    """What will be seen, and what is computed for it."""
    what = "walking your cell through the text" if run else "training a small cell of 16 units, a few seconds"
    return [*wrap(told, width), [], [(f"{what} {charset.cut}", FAINT)]]


def _pointer(moment: Moment, column: int, width: int, charset: Charset) -> Row:
    """A mark below the character, and beside it, where there is room, what is read and what is expected next."""
    symbol, probability = moment.answer["expects"][moment.step]
    words = f"reads '{visible(moment.text[moment.step], charset)}', "
    words += f"expects '{visible(symbol, charset)}' with {probability:.2f}"
    if column + 2 + len(words) <= width:
        return [(" " * column + "^", ACCENT), (f" {words}", "")]
    return [(" " * (column - len(words) - 1), ""), (words, ""), (" ^", ACCENT)]
