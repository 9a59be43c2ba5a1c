"""Keys of the figure that multiplies Jacobians back through time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from lessons.figures.jacobian_chain import INPUTS, MATRICES, RADII, STEPS, JacobianChain
from tutor.drawing.charset import Charset
from tutor.drawing.figures.jacobian_chain import draw_jacobian_chain
from tutor.drawing.rows import Row

_Value = TypeVar("_Value", str, float)


class JacobianChainFigure:
    """Slide U's spectral radius, go back through time, take another U or larger inputs."""

    keys = "+/- spectral radius  left/right steps back  m other U  i inputs  home"

    def __init__(self) -> None:
        self.state = JacobianChain()

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The curves as far back as was gone, and the numbers there."""
        return draw_jacobian_chain(self.state, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; at an end nothing moves, U and inputs go round."""
        state = self.state
        match key:
            case "plus" | "+" | "equals_sign":
                self.state = replace(state, radius=_moved(RADII, state.radius, 1))
            case "minus" | "-":
                self.state = replace(state, radius=_moved(RADII, state.radius, -1))
            case "right" | "l":
                self.state = replace(state, back=min(state.back + 1, STEPS))
            case "left" | "h":
                self.state = replace(state, back=max(state.back - 1, 0))
            case "m":
                self.state = replace(state, matrix=_next(tuple(MATRICES), state.matrix))
            case "i":
                self.state = replace(state, inputs=_next(INPUTS, state.inputs))
            case "home":
                self.state = JacobianChain()
            case _:
                return False
        return True


def _moved(values: Sequence[float], now: float, by: int) -> float:
    return values[min(max(values.index(now) + by, 0), len(values) - 1)]


def _next(values: Sequence[_Value], now: _Value) -> _Value:
    return values[(values.index(now) + 1) % len(values)]
