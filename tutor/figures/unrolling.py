"""Keys of the figure that unrolls a recurrent net."""

from dataclasses import replace

from lessons.figures.unrolling import BIAS, LONGEST, SYMBOLS, TEXT, Unrolling
from tutor.drawing.charset import Charset
from tutor.drawing.figures.unrolling import draw_unrolling
from tutor.drawing.rows import Row


class UnrollingFigure:
    """Choose step and unit, change a character, make the text longer or shorter."""

    keys = "left/right step   up/down unit   x other character   +/- longer   home"

    def __init__(self) -> None:
        self.state = Unrolling()

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The net, its weights and the chosen unit's sum."""
        return draw_unrolling(self.state, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; at an end nothing moves, units and characters go round."""
        state, last = self.state, len(self.state.text)
        match key:
            case "right" | "l":
                self.state = replace(state, step=min(state.step + 1, last))
            case "left" | "h":
                self.state = replace(state, step=max(state.step - 1, 1))
            case "down" | "j":
                self.state = replace(state, unit=(state.unit + 1) % len(BIAS))
            case "up" | "k":
                self.state = replace(state, unit=(state.unit - 1) % len(BIAS))
            case "x":
                self.state = replace(state, text=_with_the_next_symbol(state))
            case "plus" | "+" | "equals_sign" if last < LONGEST:
                self.state = replace(state, text=state.text + TEXT[last])
            case "minus" | "-" if last > 1:
                self.state = replace(state, text=state.text[:-1], step=min(state.step, last - 1))
            case "plus" | "+" | "equals_sign" | "minus" | "-":
                pass
            case "home":
                self.state = Unrolling()
            case _:
                return False
        return True


def _with_the_next_symbol(state: Unrolling) -> str:
    place = state.step - 1
    symbol = SYMBOLS[(SYMBOLS.index(state.text[place]) + 1) % len(SYMBOLS)]
    return state.text[:place] + symbol + state.text[place + 1 :]
