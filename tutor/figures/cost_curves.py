"""Keys of the figure of costs: width, heads, time or memory, and measuring anew."""

from collections.abc import Sequence
from typing import Any

from tutor.drawing.charset import Charset
from tutor.drawing.figures.cost_curves import draw_cost_curves
from tutor.drawing.rows import Row
from tutor.figures.lab_answers import LabAnswers

WIDTHS, HEADS, LENGTHS, SHOWN = (16, 32, 64), (1, 4), ("short", "long"), ("time", "memory")


class CostCurvesFigure:
    """Short sentences are asked for first, then long ones; both are drawn as they come."""

    keys = "+/- width d   h heads   m time or memory   r measure again   home"

    def __init__(self, workspace: str | None = None) -> None:
        self._where = {"workspace": workspace}
        self._again = 0
        self._start()
        self._answers = LabAnswers("cost_curves")

    @property
    def question(self) -> dict[str, Any] | None:
        """What has not been measured yet; None when all is."""
        asked = (self._answers.question(settings) for settings in self._both())
        question = next((question for question in asked if question is not None), None)
        return None if question is None else {**question, **self._where}

    def answered(self, answer: dict[str, Any]) -> None:
        """Take the lab's answer for some of the lengths."""
        self._answers.take(answer)

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """What has been measured so far."""
        answers = [self._answers.of(settings) for settings in self._both()]
        return draw_cost_curves(self.settings, answers, self.shown, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; a setting that is new is measured."""
        settings, place = self.settings, WIDTHS.index(self.settings["width"])
        match key:
            case "plus" | "+" | "equals_sign" | "right":
                settings["width"] = WIDTHS[min(place + 1, len(WIDTHS) - 1)]
            case "minus" | "-" | "left":
                settings["width"] = WIDTHS[max(place - 1, 0)]
            case "h":
                settings["heads"] = _next(HEADS, settings["heads"])
            case "m":
                self.shown = _next(SHOWN, self.shown)
            case "r":
                self._again += 1
            case "home":
                self._start()
            case _:
                return False
        return True

    def _both(self) -> list[dict[str, Any]]:
        return [{**self.settings, "lengths": lengths, "again": self._again % 1000} for lengths in LENGTHS]

    def _start(self) -> None:
        self.settings: dict[str, Any] = {"width": 64, "heads": 1}
        self.shown = "time"


def _next(values: Sequence[Any], now: Any) -> Any:
    return values[(values.index(now) + 1) % len(values)]
