"""Keys of the gradient figure: depth, scale of the weights, seed, and which gradient is looked at."""

from typing import Any

from tutor.drawing.charset import Charset
from tutor.drawing.figures.gradient_by_depth import draw_gradient_by_depth
from tutor.drawing.rows import Row
from tutor.figures.lab_answers import LabAnswers

DEPTHS = (8, 20, 32, 56)
VARIANCES = ("2/fan", "1/fan")
SEEDS = 5


class GradientByDepthFigure:
    """Four nets, one backward pass; `question` is what the lab must answer now, None when it has."""

    keys = "+/- layers   w weights' variance   a x or W   s other seed   home again"

    def __init__(self) -> None:
        self._start()
        self._answers = LabAnswers("gradient_by_depth")

    @property
    def question(self) -> dict[str, Any] | None:
        """What the lab has to compute for the settings of now."""
        return self._answers.question(self.settings)

    def answered(self, answer: dict[str, Any]) -> None:
        """Take the lab's answer."""
        self._answers.take(answer)

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The four curves as asked for, or what they will show."""
        answer = self._answers.of(self.settings)
        return draw_gradient_by_depth(self.settings, answer, self.shown, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; a setting that is new asks the lab."""
        settings, place = self.settings, DEPTHS.index(self.settings["depth"])
        match key:
            case "plus" | "+" | "equals_sign" | "right":
                settings["depth"] = DEPTHS[min(place + 1, len(DEPTHS) - 1)]
            case "minus" | "-" | "left":
                settings["depth"] = DEPTHS[max(place - 1, 0)]
            case "w":
                settings["variance"] = VARIANCES[1 - VARIANCES.index(settings["variance"])]
            case "s":
                settings["seed"] = (settings["seed"] + 1) % SEEDS
            case "a":
                self.shown = "weights" if self.shown == "stream" else "stream"
            case "home":
                self._start()
            case _:
                return False
        return True

    def _start(self) -> None:
        self.settings: dict[str, Any] = {"depth": 20, "variance": "2/fan", "seed": 0}
        self.shown = "stream"
