"""Keys of the histogram figure: scale of the weights, layers, training steps, training or evaluation mode."""

from typing import Any

from tutor.drawing.charset import Charset
from tutor.drawing.figures.activation_histograms import draw_activation_histograms
from tutor.drawing.rows import Row
from tutor.figures.lab_answers import LabAnswers

DEPTHS = (4, 8, 12)
GAINS = (0.5, 1.0, 2.0)
STEPS = (0, 3, 20)
SEEDS = 5


class ActivationHistogramsFigure:
    """Every layer of two stacks; `question` is what the lab must answer now, None when it has."""

    keys = "w weights' scale   m train/eval   t train on   +/- layers   s seed"

    def __init__(self) -> None:
        self._start()
        self._answers = LabAnswers("activation_histograms")

    @property
    def question(self) -> dict[str, Any] | None:
        """What the lab has to compute for the settings of now."""
        return self._answers.question(self.settings)

    def answered(self, answer: dict[str, Any]) -> None:
        """Take the lab's answer."""
        self._answers.take(answer)

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """Both stacks as they stand now, or what they will show."""
        answer = self._answers.of(self.settings)
        return draw_activation_histograms(self.settings, answer, self.steps, self.mode, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; a setting that is new asks the lab."""
        settings, place = self.settings, DEPTHS.index(self.settings["depth"])
        match key:
            case "plus" | "+" | "equals_sign":
                settings["depth"] = DEPTHS[min(place + 1, len(DEPTHS) - 1)]
            case "minus" | "-":
                settings["depth"] = DEPTHS[max(place - 1, 0)]
            case "w":
                settings["gain"] = _after(GAINS, settings["gain"])
            case "s":
                settings["seed"] = (settings["seed"] + 1) % SEEDS
            case "t":
                self.steps = _after(STEPS, self.steps)
            case "m":
                self.mode = "eval" if self.mode == "train" else "train"
            case "home":
                self._start()
            case _:
                return False
        return True

    def _start(self) -> None:
        self.settings: dict[str, Any] = {"depth": 8, "gain": 1.0, "seed": 0}
        self.steps, self.mode = STEPS[0], "train"


def _after(values: tuple[Any, ...], now: Any) -> Any:
    return values[(values.index(now) + 1) % len(values)]
