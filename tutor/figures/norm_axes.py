"""Keys of the figure of the two norms' axes: which number, which norm, and what is changed around it."""

from collections.abc import Mapping
from dataclasses import replace

from lessons.figures.norm_axes import NormAxes, Place
from tutor.drawing.charset import Charset
from tutor.drawing.figures.norm_axes import draw_norm_axes
from tutor.drawing.rows import Row

_MOVES = {"up": -1, "k": -1, "down": 1, "j": 1, "left": -1, "h": -1, "right": 1, "l": 1}
MOST = 20


class NormAxesFigure:
    """Look at any number, change it or what is around it, and see which outputs move."""

    keys = "arrows number   m norm   +/- it   c others   z padding   b batch   home"

    def __init__(self) -> None:
        self._start()

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The batch as it stands now."""
        return draw_norm_axes(self.state, self._before, width, charset)

    def draw_in_full(self, width: int, charset: Charset) -> list[Row]:
        """Both norms, each before and after the other sentences were changed."""
        rows: list[Row] = []
        for norm in ("batch", "layer"):
            state = NormAxes(norm=norm)
            rows += [*draw_norm_axes(state, None, width, charset)[:-1], []]
            rows += [*draw_norm_axes(state.with_others_changed(), state.outputs(), width, charset), []]
        return rows[:-1]

    def press(self, key: str) -> bool:
        """Take a key; a move leaves the marks of the last change where they are, the other norm has none yet."""
        if key in _MOVES:
            self.state = self._moved(key)
            return True
        if key == "home":
            self._start()
            return True
        changed = self._changed(key)
        if changed is None:
            return False
        self._before, self.state = None if key == "m" else self.state.outputs(), changed
        return True

    def _start(self) -> None:
        self.state = NormAxes()
        self._before: Mapping[Place, float] | None = None

    def _changed(self, key: str) -> NormAxes | None:
        state = self.state
        match key:
            case "plus" | "+" | "equals_sign" | "minus" | "-":
                value = state.value(state.place) + (-1 if key in ("minus", "-") else 1)
                return replace(state, edits={**state.edits, state.place: min(max(value, -MOST), MOST)})
            case "m":
                return replace(state, norm="layer" if state.norm == "batch" else "batch")
            case "c":
                return state.with_others_changed()
            case "z":
                return replace(state, counts_padding=not state.counts_padding)
            case "b":
                return replace(state, is_alone=not state.is_alone)
        return None

    def _moved(self, key: str) -> NormAxes:
        sentence, position, feature = self.state.place
        if key in ("left", "h", "right", "l"):
            return replace(self.state, place=(sentence, position, min(max(feature + _MOVES[key], 0), 3)))
        lowest, highest = (sentence * 4, sentence * 4 + 3) if self.state.is_alone else (0, 11)
        token = min(max(sentence * 4 + position + _MOVES[key], lowest), highest)
        return replace(self.state, place=(token // 4, token % 4, feature))
