"""Keys of the block diagram: what the block is built for, and which of its steps is looked at."""

from typing import Any

from tutor.drawing.charset import Charset
from tutor.drawing.figures.block_diagram import HEIGHT, draw_block_diagram
from tutor.drawing.rows import Row

CHANNELS = (1, 3, 16, 32, 64)
SIZES = (4, 8, 16, 32, 64)
BATCHES = (1, 2, 4, 8)


class BlockDiagramFigure:
    """Step through what the learner's block calls; `question` is what the lab must answer now, None when it has."""

    keys = "arrows step   +/- channels   s stride   a A/B   i size   b batch   r again"

    def __init__(self, workspace: str | None = None, file: str = "cnn/blocks.py", symbol: str = "BasicBlock") -> None:
        self._where = {"workspace": workspace, "file": file, "symbol": symbol}
        self.settings: dict[str, Any] = {"channels": 16, "stride": 2, "shortcut": "A", "size": 32, "batch": 4}
        self.current = 0
        self.height = HEIGHT
        self._answer: dict[str, Any] | None = None
        self._is_answered = False

    @property
    def question(self) -> dict[str, Any] | None:
        """What to ask the lab; the same settings are asked again after `r`, because the learner's file may be new."""
        if self._is_answered:
            return None
        return {"ask": "figure", "figure": "block_diagram", **self._where, **self.settings}

    def answered(self, answer: dict[str, Any]) -> None:
        """Take the lab's answer; one that was asked for with other settings is let go of."""
        if answer["settings"] == self.settings:
            self._answer, self._is_answered = answer, True

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The newest answer; while a new one is computed the old one stays."""
        is_old = not self._is_answered
        return draw_block_diagram(self._answer, self.current, width, charset, is_old=is_old, height=self.height)

    def press(self, key: str) -> bool:
        """Take a key; a changed setting asks anew."""
        if key in ("right", "down", "l", "j", "left", "up", "h", "k"):
            last = len(self._answer["steps"]) - 1 if self._answer else 0
            self.current = min(max(self.current + (1 if key in ("right", "down", "l", "j") else -1), 0), last)
            return True
        if key == "home":
            self.current = 0
            return True
        return self._change(key)

    def _change(self, key: str) -> bool:
        settings = self.settings
        match key:
            case "plus" | "+" | "equals_sign" | "minus" | "-":
                place = CHANNELS.index(settings["channels"]) + (-1 if key in ("minus", "-") else 1)
                changed = {"channels": CHANNELS[min(max(place, 0), len(CHANNELS) - 1)]}
            case "s":
                changed = {"stride": 3 - settings["stride"]}
            case "a":
                changed = {"shortcut": "B" if settings["shortcut"] == "A" else "A"}
            case "i":
                changed = {"size": _after(SIZES, settings["size"])}
            case "b":
                changed = {"batch": _after(BATCHES, settings["batch"])}
            case "r":
                changed = {}
            case _:
                return False
        self.settings = {**settings, **changed}
        self._is_answered = False
        return True


def _after(values: tuple[int, ...], now: int) -> int:
    return values[(values.index(now) + 1) % len(values)]
