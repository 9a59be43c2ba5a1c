"""Keys of the figure of three cells: task, length of the sequence, width, how gates start, seed."""

from typing import Any

from tutor.drawing.charset import Charset
from tutor.drawing.figures.three_cells import draw_three_cells
from tutor.drawing.rows import Row
from tutor.figures.lab_answers import LabAnswers
from tutor.figures.memory_runs import MemoryRun

STEPS, WIDTHS, SEEDS = (10, 20, 40, 80), (16, 32, 64), 5
TASKS, GATES = ("adding", "copy"), ("usual", "for T")


class ThreeCellsFigure:
    """Three nets trained on a task of memory; `question` is what the lab must answer now, None when it has."""

    keys = "+/- length T   t task   b gates' bias   w width   s seed   home again"

    def __init__(self, own: tuple[MemoryRun, ...] = ()) -> None:
        """`own` are the learner's runs of the same tasks."""
        self.own = own
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
        tried = [self._answers.of({**self.settings, "steps": steps}) for steps in STEPS]
        own = [run.words for run in self.own if run.task == self.settings["task"]]
        known = [answer for answer in tried if answer is not None]
        return draw_three_cells(self.settings, self._answers.of(self.settings), known, own, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; a setting that is new asks the lab."""
        settings, place = self.settings, STEPS.index(self.settings["steps"])
        match key:
            case "plus" | "+" | "equals_sign" | "right":
                settings["steps"] = STEPS[min(place + 1, len(STEPS) - 1)]
            case "minus" | "-" | "left":
                settings["steps"] = STEPS[max(place - 1, 0)]
            case "t":
                settings["task"] = TASKS[1 - TASKS.index(settings["task"])]
            case "b":
                settings["gates"] = GATES[1 - GATES.index(settings["gates"])]
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
        self.settings: dict[str, Any] = {"task": "adding", "steps": 20, "hidden": 32, "gates": "usual", "seed": 0}
