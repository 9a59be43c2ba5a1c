"""Keys of the figure of a layer with and without its feed-forward: task, what keys see, heads, and whose answers."""

from collections.abc import Sequence
from typing import Any

from tutor.drawing.charset import Charset
from tutor.drawing.figures.without_feed_forward import NAMES, draw_without_feed_forward
from tutor.drawing.rows import Row
from tutor.figures.lab_answers import LabAnswers

TASKS, KEYS, HEADS, SEEDS = ("sum mod 5", "sum"), ("marks", "all"), (1, 4), 5
ARMS = tuple(NAMES)


class WithoutFeedForwardFigure:
    """Four nets, asked for one after the other, so that each is drawn as soon as it is trained."""

    keys = "a whose answers   t task   h heads   k what keys see   s seed   home again"

    def __init__(self) -> None:
        self._start()
        self._answers = LabAnswers("without_feed_forward")

    @property
    def question(self) -> dict[str, Any] | None:
        """The first net that is not trained yet; None when all four are."""
        asked = (self._answers.question({**self.settings, "arm": arm}) for arm in ARMS)
        return next((question for question in asked if question is not None), None)

    def answered(self, answer: dict[str, Any]) -> None:
        """Take the lab's answer about one of them."""
        self._answers.take(answer)

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """What is known of the four so far."""
        known = {arm: self._answers.of({**self.settings, "arm": arm}) for arm in ARMS}
        return draw_without_feed_forward(self.settings, known, self.shown, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; a setting that is new asks the lab."""
        settings = self.settings
        match key:
            case "a":
                self.shown = _next(ARMS, self.shown)
            case "t":
                settings["task"] = _next(TASKS, settings["task"])
            case "h":
                settings["heads"] = _next(HEADS, settings["heads"])
            case "k":
                settings["keys"] = _next(KEYS, settings["keys"])
            case "s":
                settings["seed"] = (settings["seed"] + 1) % SEEDS
            case "home":
                self._start()
            case _:
                return False
        return True

    def _start(self) -> None:
        self.settings: dict[str, Any] = {"task": "sum mod 5", "keys": "marks", "heads": 1, "seed": 0}
        self.shown = "with it"


def _next(values: Sequence[Any], now: Any) -> Any:
    return values[(values.index(now) + 1) % len(values)]
