"""Keys of the figure that takes attention apart into its four steps."""

from dataclasses import replace

from lessons.figures.four_steps import STEPS, TOKENS, FourSteps
from tutor.drawing.charset import Charset
from tutor.drawing.figures.four_steps import draw_four_steps
from tutor.drawing.rows import Row

_MOVES = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}
_ENTRIES = 6  # of a token, in Q, K and V
STRIDE = 0.5


class FourStepsFigure:
    """Take the next step, look from another token, choose an entry of Q, K or V and change it."""

    keys = "s next step   t other token   arrows entry   +/- change it   home"

    def __init__(self) -> None:
        self.state = FourSteps()

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """As far as the step has come."""
        return draw_four_steps(self.state, width, charset)

    def draw_in_full(self, width: int, charset: Charset) -> list[Row]:
        """The four steps, taken."""
        return draw_four_steps(replace(self.state, step=STEPS), width, charset)

    def press(self, key: str) -> bool:
        """Take a key; steps, tokens and entries go round."""
        state = self.state
        match key:
            case "s":
                self.state = replace(state, step=state.step % STEPS + 1)
            case "t":
                self.state = replace(state, row=(state.row + 1) % len(TOKENS))
            case "left" | "right" | "up" | "down":
                (i, j), (di, dj) = state.place, _MOVES[key]
                self.state = replace(state, place=((i + di) % len(TOKENS), (j + dj) % _ENTRIES))
            case "plus" | "+" | "equals_sign":
                self.state = state.edited(STRIDE)
            case "minus" | "-":
                self.state = state.edited(-STRIDE)
            case "home":
                self.state = FourSteps()
            case _:
                return False
        return True
