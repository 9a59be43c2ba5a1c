"""Keys of the figure of positions: three views, a position, a wave, an order of the sentence."""

from dataclasses import replace

from lessons.figures.position_waves import ORDERS, PAIRS, POSITIONS, PositionWaves
from tutor.drawing.charset import Charset
from tutor.drawing.figures.position_waves import VIEWS, draw_position_waves
from tutor.drawing.rows import Row


class PositionWavesFigure:
    """Look at the waves, at dot products from a position, or at a sentence that is shuffled."""

    keys = "v view   left/right position p   up/down wave   x shuffle   home"

    def __init__(self) -> None:
        self.state, self.view = PositionWaves(), VIEWS[0]

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The view of now."""
        return draw_position_waves(self.state, self.view, width, charset)

    def draw_in_full(self, width: int, charset: Charset) -> list[Row]:
        """All three views, one below the other."""
        first, *others = (draw_position_waves(self.state, view, width, charset) for view in VIEWS)
        return [*first, *(row for view in others for row in ([], *view))]

    def press(self, key: str) -> bool:
        """Take a key; at an end nothing moves, views and orders go round. Shuffling shows the sentence."""
        state = self.state
        match key:
            case "v":
                self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
            case "right" | "l" | "plus" | "+" | "equals_sign":
                self.state = replace(state, position=min(state.position + 1, POSITIONS - 1))
            case "left" | "h" | "minus" | "-":
                self.state = replace(state, position=max(state.position - 1, 0))
            case "down" | "j":
                self.state = replace(state, pair=min(state.pair + 1, PAIRS - 1))
            case "up" | "k":
                self.state = replace(state, pair=max(state.pair - 1, 0))
            case "x":
                turned = (state.order + 1) % len(ORDERS) if self.view == "shuffle" else state.order
                self.state, self.view = replace(state, order=turned), "shuffle"
            case "home":
                self.state, self.view = PositionWaves(), VIEWS[0]
            case _:
                return False
        return True
