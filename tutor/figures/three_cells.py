"""Keys of the figure of three cells: length of the sequence, width, seed."""

from typing import Any

from tutor.drawing.charset import Charset
from tutor.drawing.figures.three_cells import draw_three_cells
from tutor.drawing.rows import Row
from tutor.figures.lab_answers import LabAnswers

STEPS, WIDTHS, SEEDS = (10, 20, 40), (16, 32, 64), 5


class ThreeCellsFigure:
    """Three nets trained on the adding task; `question` is what the lab must answer now, None when it has."""

    keys = "+/- length of the sequence   w width   s other seed   home again"

    def __init__(self) -> None:
        self._start()
        self._answers = LabAnswers("three_cells")

    @property
    def question(self) -> dict[str, Any] | None:
        """What the lab has to compute for the settings of now."""
        return self._answers.question(self.settings)

    def answered(self, answer: dict[str, Any]) -> None:
        """Take the lab's answer."""
        self._answers.take(answer)

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The three curves as asked for, or what they will show."""
        return draw_three_cells(self.settings, self._answers.of(self.settings), width, charset)

    def press(self, key: str) -> bool:
        """Take a key; a setting that is new asks the lab."""
        settings, place = self.settings, STEPS.index(self.settings["steps"])
        match key:
            case "plus" | "+" | "equals_sign" | "right":
                settings["steps"] = STEPS[min(place + 1, len(STEPS) - 1)]
            case "minus" | "-" | "left":
                settings["steps"] = STEPS[max(place - 1, 0)]
            case "w":
                settings["hidden"] = WIDTHS[(WIDTHS.index(settings["hidden"]) + 1) % len(WIDTHS)]
            case "s":
                settings["seed"] = (settings["seed"] + 1) % SEEDS
            case "home":
                self._start()
            case _:
                return False
        return True

    def _start(self) -> None:
        self.settings: dict[str, Any] = {"steps": 20, "hidden": 32, "seed": 0}
