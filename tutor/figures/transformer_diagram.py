"""Keys of the transformer's diagram: which part is looked at, training or decoding, where the norms stand, the rate."""

from typing import Any

from tutor.drawing.charset import Charset
from tutor.drawing.figures.transformer_diagram import HEIGHT, draw_transformer_diagram
from tutor.drawing.figures.transformer_parts import mask_words, parts_of
from tutor.drawing.rows import Row, wrap
from tutor.figures.lab_answers import LabAnswers

MODES, NORMS, HEADS, MOST_SAID = ("training", "decoding"), ("post", "pre"), (1, 4, 8), 5
_AHEAD, _BACK = ("up", "right", "k", "l"), ("down", "left", "j", "h")


class TransformerDiagramFigure:
    """Step upward through encoder and decoder; `question` is what the lab must answer now, None when it has."""

    keys = "arrows step   m decode   +/- token   v pre-norm   w heads   c rate   r again"

    def __init__(self, workspace: str | None = None) -> None:
        self._where = {"workspace": workspace}
        self._again = 0
        self.height = HEIGHT
        self._start()
        self._answers = LabAnswers("transformer_diagram")

    @property
    def question(self) -> dict[str, Any] | None:
        """What the lab has to trace for the settings of now."""
        question = self._answers.question(self._asked())
        return None if question is None else {**question, **self._where}

    def answered(self, answer: dict[str, Any]) -> None:
        """Take the lab's answer."""
        self._answers.take(answer)

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The machine, or the schedule."""
        answer = self._answers.of(self._asked())
        given = (self.settings, answer, self.current, self.view, width, charset, self.height)
        return draw_transformer_diagram(*given)

    def draw_in_full(self, width: int, charset: Charset) -> list[Row]:
        """The machine, and each part in words."""
        rows, answer = self.draw(width, charset), self._answers.of(self._asked())
        if answer is None:
            return rows
        for part in parts_of(self.settings["norm"], self.settings["mode"]):
            text = f"{part.side}, {part.label}: {part.told} {mask_words(part, answer)}".rstrip()
            rows += wrap(charset.translate(text), width, "", "  ", "- ")
        return rows

    def press(self, key: str) -> bool:
        """Take a key; a setting that is new asks the lab."""
        last = len(parts_of(self.settings["norm"], self.settings["mode"])) - 1
        if key in _AHEAD or key in _BACK:
            self.current = min(max(self.current + (1 if key in _AHEAD else -1), 0), last)
            return True
        return self._change(key)

    def _change(self, key: str) -> bool:
        settings, before = self.settings, parts_of(self.settings["norm"], self.settings["mode"])
        place = before[self.current].side, before[self.current].row
        match key:
            case "m":
                settings["mode"] = _other(MODES, settings["mode"])
            case "plus" | "+" | "equals_sign":
                settings["said"] = min(settings["said"] + 1, MOST_SAID)
            case "minus" | "-":
                settings["said"] = max(settings["said"] - 1, 1)
            case "v":
                settings["norm"] = _other(NORMS, settings["norm"])
            case "w":
                settings["heads"] = HEADS[(HEADS.index(settings["heads"]) + 1) % len(HEADS)]
            case "c":
                self.view = "machine" if self.view == "rate" else "rate"
            case "r":
                self._again = (self._again + 1) % 1000
            case "home":
                self._start()
                return True
            case _:
                return False
        self._look_at(place)
        return True

    def _look_at(self, place: tuple[str, int]) -> None:
        """The same part as before; where there is none now, the one above it."""
        parts = parts_of(self.settings["norm"], self.settings["mode"])
        places = [(part.side, part.row) for part in parts]
        self.current = places.index(place) if place in places else len(parts) - 1

    def _asked(self) -> dict[str, Any]:
        return {**self.settings, "again": self._again}

    def _start(self) -> None:
        self.settings: dict[str, Any] = {"mode": "training", "norm": "post", "heads": 4, "said": 3}
        self.current, self.view = 3, "machine"


def _other(two: tuple[str, str], now: str) -> str:
    return two[1 - two.index(now)]
