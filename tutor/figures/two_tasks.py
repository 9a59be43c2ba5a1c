"""Keys of the figure that gives one head and two heads two tasks at once."""

import random
from dataclasses import replace

from lessons.figures.two_tasks import COUNT, LEANS, VALUES, TwoTasks
from tutor.drawing.charset import Charset
from tutor.drawing.figures.two_tasks import draw_two_tasks
from tutor.drawing.rows import Row


class TwoTasksFigure:
    """Lean the one head to either task, choose the token that asks, take other values."""

    keys = "left/right lean of the one head   t other token   x other values   home"

    def __init__(self) -> None:
        self.state, self.draws = TwoTasks(), 0

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """What one head and two heads bring."""
        return draw_two_tasks(self.state, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; at an end nothing moves, tokens go round."""
        state = self.state
        match key:
            case "right" | "l" | "plus" | "+" | "equals_sign":
                self.state = replace(state, lean=min(state.lean + 1, LEANS[-1]))
            case "left" | "h" | "minus" | "-":
                self.state = replace(state, lean=max(state.lean - 1, LEANS[0]))
            case "t" | "down":
                self.state = replace(state, token=state.token % (COUNT - 1) + 1)
            case "up":
                self.state = replace(state, token=(state.token - 2) % (COUNT - 1) + 1)
            case "x":
                self.draws += 1
                generator = random.Random(self.draws)
                self.state = replace(state, values=tuple(float(generator.randrange(10)) for _ in VALUES))
            case "home":
                self.state, self.draws = TwoTasks(), 0
            case _:
                return False
        return True
