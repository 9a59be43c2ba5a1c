"""Keys of the figure that sets a stack of small kernels against one large one."""

from dataclasses import replace

from lessons.figures.stack_against_one import FIELDS, StackAgainstOne
from tutor.drawing.charset import Charset
from tutor.drawing.figures.stack_against_one import draw_stack_against_one
from tutor.drawing.rows import Row

CHANNELS = (1, 3, 16, 32, 64, 128, 256, 512)
SIZES = (8, 16, 32, 56, 112, 224)


class StackAgainstOneFigure:
    """Choose a field and how many layers share it; channels and image size change the counts."""

    keys = "left/right field   up/down layers   +/- channels   i image size   home"

    def __init__(self) -> None:
        self.state = StackAgainstOne()

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The chosen stack beside all that see as much."""
        return draw_stack_against_one(self.state, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; a new field is met with nothing but 3x3 when it was before, at an end nothing moves."""
        if key in ("left", "right", "h", "l"):
            self._change_field(1 if key in ("right", "l") else -1)
        elif key in ("up", "down", "k", "j"):
            layers = self.state.layers + (1 if key in ("down", "j") else -1)  # the table has the fewest on top
            self.state = replace(self.state, layers=min(max(layers, 1), self.state.most_layers))
        elif key in ("plus", "+", "minus", "-", "equals_sign"):
            self.state = replace(self.state, channels=_next(CHANNELS, self.state.channels, key not in ("minus", "-")))
        elif key == "i":
            place = SIZES.index(self.state.size)
            self.state = replace(self.state, size=SIZES[(place + 1) % len(SIZES)])
        elif key == "home":
            self.state = StackAgainstOne()
        else:
            return False
        return True

    def _change_field(self, by: int) -> None:
        all_small = self.state.layers == self.state.most_layers
        field = _next(FIELDS, self.state.field, by > 0)
        most = (field - 1) // 2
        self.state = replace(self.state, field=field, layers=most if all_small else min(self.state.layers, most))


def _next(values: tuple[int, ...], now: int, upwards: bool) -> int:
    place = values.index(now) + (1 if upwards else -1)
    return values[min(max(place, 0), len(values) - 1)]
