"""The kernel walk as it is played with."""

from dataclasses import replace

from lessons.figures.kernel_walk import KernelWalk
from tutor.drawing.charset import Charset
from tutor.drawing.figures.kernel_walk import draw_kernel_walk
from tutor.drawing.rows import Row


class KernelWalkFigure:
    """Step the kernel over the image, flip it, and see products and sum."""

    keys = "arrows move the kernel   x flips it   home again"

    def __init__(self) -> None:
        self.state = KernelWalk()

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The image with the window where it stands now."""
        return draw_kernel_walk(self.state, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; the kernel goes on at the end of a row, and round at the end of the image."""
        rows, columns = len(self.state.output_so_far), len(self.state.output_so_far[0])
        place = self.state.row * columns + self.state.column
        steps = {
            "right": 1,
            "l": 1,
            "left": -1,
            "down": columns,
            "j": columns,
            "up": -columns,
            "k": -columns,
        }
        if key in steps:
            place = (place + steps[key]) % (rows * columns)
            self.state = replace(self.state, row=place // columns, column=place % columns)
        elif key == "home":
            self.state = replace(self.state, row=0, column=0)
        elif key == "x":
            self.state = replace(self.state, flipped=not self.state.flipped)
        else:
            return False
        return True
