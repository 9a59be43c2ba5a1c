"""Keys of a figure that walks one LSTM cell through a text: step, play, unit, layer, text, whose cell."""

from pathlib import Path
from typing import Any

from tutor.drawing.figures.cell_text import Moment
from tutor.figures.lab_answers import LabAnswers


class WalkedCell:
    """Stands at one character and one unit of an answer that holds all of them; plays on by `tick`."""

    keys = "arrows step, unit   s play, stop   t text   l layer   w whose   home start"

    def __init__(self, run: Path | None = None) -> None:
        """`run` is the folder of the learner's own run, where there is one."""
        self.own = str(run) if run else ""
        self.settings: dict[str, Any] = {"run": self.own, "layer": 0, "text": 0}
        self.step, self.is_playing = 0, False
        self._unit: int | None = None  # its name in the weights; None for the one that moves most
        self._answers = LabAnswers("lstm_cell")

    @property
    def question(self) -> dict[str, Any] | None:
        """What the lab has to walk for the settings of now."""
        return self._answers.question(self.settings)

    def answered(self, answer: dict[str, Any]) -> None:
        """Take the lab's answer."""
        self._answers.take(answer)

    @property
    def moment(self) -> Moment | None:
        """What is seen now; None until the answer has come."""
        answer = self._answers.of(self.settings)
        if answer is None:
            return None
        step = min(self.step, len(answer["text"]) - 1)
        return Moment(answer, self._rank(answer), step, self.is_playing)

    def tick(self) -> bool:
        """One character on while it plays; False when nothing moves any more."""
        moment = self.moment
        if not self.is_playing or moment is None:
            return self.is_playing
        last = len(moment.text) - 1
        self.step = min(self.step + 1, last)
        self.is_playing = self.step < last
        return self.is_playing

    def stop(self) -> None:
        """Play no further."""
        self.is_playing = False

    def press(self, key: str) -> bool:
        """Take a key; another text, layer or cell asks the lab."""
        match key:
            case "right" | "left" | "home" | "end":
                self._move(key)
            case "up" | "down":
                self._choose_unit(1 if key == "down" else -1)
            case "s":
                self._play_or_stop()
            case "t" | "l" | "w":
                self._change(key)
            case _:
                return False
        return True

    def _move(self, key: str) -> None:
        self.is_playing = False
        last = len(self.moment.text) - 1 if self.moment else 0
        places = {"right": self.step + 1, "left": self.step - 1, "home": 0, "end": last}
        self.step = min(max(places[key], 0), last)

    def _play_or_stop(self) -> None:
        """At the end it plays again from the first character."""
        if not self.is_playing and self.moment and self.step == len(self.moment.text) - 1:
            self.step = 0
        self.is_playing = not self.is_playing

    def _choose_unit(self, by: int) -> None:
        answer = self._answers.of(self.settings)
        if answer is not None:
            units = answer["units"]
            self._unit = units[min(max(self._rank(answer) + by, 0), len(units) - 1)]

    def _change(self, key: str) -> None:
        """What is not known yet of another cell (its layers) is asked from the start."""
        answer = self._answers.of(self.settings)
        if key == "w" and self.own:
            self.settings = {"run": "" if self.settings["run"] else self.own, "layer": 0, "text": 0}
        elif key == "t" and answer is not None:
            self.settings = {**self.settings, "text": (self.settings["text"] + 1) % answer["texts"]}
        elif key == "l" and answer is not None:
            self.settings = {**self.settings, "layer": (self.settings["layer"] + 1) % answer["layers"]}
        if key == "t":
            self.step = 0
        elif key in ("w", "l"):
            self._unit = None
        self.is_playing = False

    def _rank(self, answer: dict[str, Any]) -> int:
        return answer["units"].index(self._unit) if self._unit in answer["units"] else 0
