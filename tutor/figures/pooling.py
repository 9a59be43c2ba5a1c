"""The pooling figure as it is played with."""

from dataclasses import replace

from lessons.figures.pooling import Pooling
from tutor.drawing.charset import Charset
from tutor.drawing.figures.pooling import draw_pooling
from tutor.drawing.rows import Row

WINDOWS = ((2, 2, 0), (3, 2, 1))  # kernel size, stride, padding: windows side by side, and windows that overlap


class PoolingFigure:
    """Step the window, switch between maximum and mean, look at the way back, move the map."""

    keys = "arrows step  x max/mean  r way back  w window  m move the map  home again"

    def __init__(self) -> None:
        self.state = Pooling()

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The map with the window where it stands now."""
        return draw_pooling(self.state, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; the window goes on at the end of a row, and round at the end of the map."""
        rows, columns = self.state.output_size
        steps = {"right": 1, "l": 1, "left": -1, "h": -1, "down": columns, "j": columns, "up": -columns, "k": -columns}
        if key in steps:
            place = (self.state.row * columns + self.state.column + steps[key]) % (rows * columns)
            self.state = replace(self.state, row=place // columns, column=place % columns)
        elif key == "home":
            self.state = replace(self.state, row=0, column=0, moved=0)
        elif key == "x":
            self.state = replace(self.state, kind="mean" if self.state.kind == "max" else "max")
        elif key == "r":
            self.state = replace(self.state, backward=not self.state.backward)
        elif key == "m":
            self.state = replace(self.state, moved=(self.state.moved + 1) % len(self.state.image[0]))
        elif key == "w":
            now = WINDOWS.index((self.state.size, self.state.stride, self.state.padding))
            size, stride, padding = WINDOWS[(now + 1) % len(WINDOWS)]
            self.state = replace(self.state, size=size, stride=stride, padding=padding)
        else:
            return False
        return True
