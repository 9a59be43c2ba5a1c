"""Keys of the figure of gradients through time: length, training, the RNN's U, and which of an LSTM's gradients."""

from collections.abc import Sequence
from typing import Any

from tutor.drawing.charset import Charset
from tutor.drawing.figures.gradient_through_time import draw_gradient_through_time
from tutor.drawing.rows import Row
from tutor.figures.lab_answers import LabAnswers

STEPS = (20, 50, 100)
RECURRENT = ("torch's", "0.9 orthogonal", "orthogonal", "1.5 orthogonal")
TRAINED = (0, 400)
SEEDS = 5


class GradientThroughTimeFigure:
    """Four nets, one backward pass each; `question` is what the lab must answer now, None when it has."""

    keys = "+/- steps   w RNN's U   t train   c LSTM's c or (h, c)   s seed   home"

    def __init__(self) -> None:
        self._start()
        self._answers = LabAnswers("gradient_through_time")

    @property
    def question(self) -> dict[str, Any] | None:
        """What the lab has to compute for the settings of now."""
        return self._answers.question(self.settings)

    def answered(self, answer: dict[str, Any]) -> None:
        """Take the lab's answer."""
        self._answers.take(answer)

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The curves as asked for, or what they will show."""
        return draw_gradient_through_time(self.settings, self._answers.of(self.settings), self.shown, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; a setting that is new asks the lab."""
        settings, place = self.settings, STEPS.index(self.settings["steps"])
        match key:
            case "plus" | "+" | "equals_sign" | "right":
                settings["steps"] = STEPS[min(place + 1, len(STEPS) - 1)]
            case "minus" | "-" | "left":
                settings["steps"] = STEPS[max(place - 1, 0)]
            case "w":
                settings["recurrent"] = _next(RECURRENT, settings["recurrent"])
            case "t":
                settings["trained"] = _next(TRAINED, settings["trained"])
            case "s":
                settings["seed"] = (settings["seed"] + 1) % SEEDS
            case "c":
                self.shown = "joint" if self.shown == "c" else "c"
            case "home":
                self._start()
            case _:
                return False
        return True

    def _start(self) -> None:
        self.settings: dict[str, Any] = {"steps": 50, "recurrent": "torch's", "trained": 0, "seed": 0}
        self.shown = "c"


def _next(values: Sequence[Any], now: Any) -> Any:
    return values[(values.index(now) + 1) % len(values)]
