"""A lesson's figure as it is shown: how it stands, what it waits for, or why that cannot be had."""

from typing import Any

from tutor.drawing.charset import Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, Row, wrap
from tutor.figures.figure import Figure, FittedFigure, LabFigure, PlayedFigure


class ShownFigure:
    """One figure with the numbers that the lab gives it, if it needs any; of a lesson without one: nothing at all."""

    def __init__(self, figure: Figure | None) -> None:
        self.figure = figure
        self.problem = ""

    @property
    def keys(self) -> str:
        return self.figure.keys if self.figure else ""

    def press(self, key: str) -> bool:
        """Take a key; False if it is none of the figure's."""
        is_taken = self.figure is not None and self.figure.press(key)
        if is_taken and self.wanted is None:  # what could not be had is not asked for any more
            self.problem = ""
        return is_taken

    @property
    def is_playing(self) -> bool:
        """Whether it moves on by itself now."""
        return isinstance(self.figure, PlayedFigure) and self.figure.is_playing

    def tick(self) -> None:
        """On by one step."""
        if isinstance(self.figure, PlayedFigure):
            self.figure.tick()

    def stop(self) -> None:
        """Play no further."""
        if isinstance(self.figure, PlayedFigure) and self.figure.is_playing:
            self.figure.stop()

    @property
    def wanted(self) -> dict[str, Any] | None:
        """What the figure has to know now."""
        return self.figure.question if isinstance(self.figure, LabFigure) else None

    def take(self, question: dict[str, Any], answer: dict[str, Any]) -> bool:
        """An answer of the lab; one to a question that is not asked any more is let go of."""
        if not isinstance(self.figure, LabFigure) or question != self.figure.question:
            return False
        self.problem = ""
        self.figure.answered(answer)
        return True

    def refuse(self, reason: str) -> None:
        """Its numbers cannot be had, for this reason."""
        self.problem = printable_line(reason)

    def draw(self, width: int, height: int, charset: Charset) -> list[Row]:
        """How it stands; a figure that can do with fewer rows keeps to `height`, another one is scrolled."""
        if self.problem:
            return wrap(self.problem, width, BAD)
        if isinstance(self.figure, FittedFigure):
            self.figure.height = height
        return self.figure.draw(width, charset) if self.figure else []
