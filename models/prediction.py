"""What a learner expects of an ablation, in points of what a run is judged by, and what an interval says of it."""

import re
from dataclasses import dataclass
from typing import Literal

from models.comparison import Difference
from models.run_errors import RunError

DIRECTIONS = ("lower", "higher", "same")
BANDS = {"none": (0.0, 0.5), "small": (0.5, 2.0), "middle": (2.0, 10.0), "large": (10.0, 100.0)}
HOW_TO_PREDICT = (
    "write a direction and a size in points, hundredths of the held-out accuracy or of a nat (higher is worse there): "
    '"lower 1-5", "higher 0.5-2", or "same 0.5" for a difference of at most 0.5 either way; '
    'words for sizes: "lower small" (0.5-2), middle (2-10), large (10-100), '
    '"same none" (0.5)'
)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(?:\s*(?:-|to|\u2013)\s*(\d+(?:\.\d+)?))?(?:\s*points?)?")
_MOST_POSSIBLE = 100.0

Answer = Literal["right", "wrong", "open"]


class PredictionRefused(RunError):
    """Words that are no prediction."""


@dataclass(frozen=True)
class Prediction:
    """Which way the ablated net's held-out result will differ from the plain one's, and by how much.

    `least` and `most` are sizes in points (hundredths of its unit), so both are positive; for "same" `least` is 0
    and `most` is the difference up to which the two are called the same.
    """

    direction: str
    least: float
    most: float

    @property
    def words(self) -> str:
        """As it is typed: "lower 1-5", "same 0.5"."""
        size = f"{self.most:g}" if self.direction == "same" else f"{self.least:g}-{self.most:g}"
        return f"{self.direction} {size}"

    @property
    def sentence(self) -> str:
        """As it is told: "lower by 1 to 5 points"."""
        if self.direction == "same":
            return f"the same within {self.most:g} points"
        return f"{self.direction} by {self.least:g} to {self.most:g} points"

    @property
    def band(self) -> tuple[float, float]:
        """The predicted difference itself, lowest to highest, in points."""
        if self.direction == "same":
            return -self.most, self.most
        return (-self.most, -self.least) if self.direction == "lower" else (self.least, self.most)


@dataclass(frozen=True)
class Outcome:
    """What came of a prediction. Open: the interval does not decide it, or there is none yet."""

    prediction: Prediction
    difference: Difference | None
    direction: Answer
    size: Answer
    is_within: bool | None  # whether the measured difference itself lies in the band; None while there is none


def parse_prediction(text: str) -> Prediction:
    """Read "lower 1-5", "higher small", "same 0.5"; `PredictionRefused` says how to write one."""
    direction, _, size = text.strip().lower().partition(" ")
    if direction not in DIRECTIONS:
        raise _refused(f'"{text}" does not begin with one of: {", ".join(DIRECTIONS)}.')
    least, most = _size(direction, size.strip().removeprefix("by "), text)
    if not least < most <= _MOST_POSSIBLE:
        raise _refused(f'The size in "{text}" does not go from a smaller to a larger number of at most 100 points.')
    return Prediction(direction, least, most)


def _size(direction: str, size: str, text: str) -> tuple[float, float]:
    if size in BANDS:
        least, most = BANDS[size]
        if (size == "none") != (direction == "same"):
            raise _refused(f'"{text}" contradicts itself: "none" goes with "same", and every other word with a way.')
        return least, most
    found = _SIZE.fullmatch(size)
    if found is None:
        raise _refused(f'"{text}" says no size.' if not size else f'"{size}" is no size.')
    first, second = float(found[1]), float(found[2]) if found[2] else None
    if direction == "same" and second is None:
        return 0.0, first
    if direction == "same" or second is None:
        wanted = "one number" if direction == "same" else "two, the smallest and the largest"
        raise _refused(f'"{direction}" needs {wanted}, and "{size}" is not that.')
    return first, second


def _refused(thing: str) -> PredictionRefused:
    return PredictionRefused(thing, "the prediction", HOW_TO_PREDICT)


def judge_prediction(prediction: Prediction, apart: Difference | None) -> Outcome:
    """Hold a prediction against ablated minus plain, by the difference's 95% interval.

    Direction: right where the whole interval lies on the predicted side of 0, wrong where it lies on the other.
    Size: right where the whole interval lies in the band, wrong where it lies outside of it. For "same" the band is
    the claim, so both have one answer. Everything else is open.
    """
    if apart is None:
        return Outcome(prediction, None, "open", "open", None)
    low, high = prediction.band
    is_within = low <= round(apart.value * 100, 9) <= high
    if apart.interval is None:
        return Outcome(prediction, apart, "open", "open", is_within)
    lowest, highest = (round(end * 100, 9) for end in apart.interval)  # 0.07 * 100 is a little more than 7
    size = _answer(low <= lowest and highest <= high, highest < low or high < lowest)
    if prediction.direction == "same":
        return Outcome(prediction, apart, size, size, is_within)
    below, above = highest < 0, lowest > 0
    direction = _answer(below, above) if prediction.direction == "lower" else _answer(above, below)
    return Outcome(prediction, apart, direction, size, is_within)


def _answer(is_right: bool, is_wrong: bool) -> Answer:
    return "right" if is_right else "wrong" if is_wrong else "open"
