"""The receptive field figure as it is played with."""

from dataclasses import replace

from lessons.figures.receptive_field import CONV3, POOL2, Stack, Step, resnet_convolutions
from tutor.drawing.charset import Charset
from tutor.drawing.figures.receptive_field import draw_receptive_field
from tutor.drawing.rows import Row

MOST_LAYERS = 60
NEXT_DILATION = {1: 2, 2: 4, 4: 8, 8: 16, 16: 1}


class ReceptiveFieldFigure:
    """Add layers and take them away, change the last one's stride and dilation, and see what one output sees."""

    keys = "c conv 3  m pool 2  s stride  d dilation  - remove  r ResNet-20  left right"

    def __init__(self) -> None:
        self.state = Stack()
        self.note = ""

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The stack as it stands now."""
        return draw_receptive_field(self.state, width, charset, self.note)

    def press(self, key: str) -> bool:
        """Take a key; a layer for which the image has no room is not added, and the note says so."""
        self.note = ""
        steps = self.state.steps
        if key in ("left", "h", "right", "l"):
            by = 1 if key in ("right", "l") else -1
            self.state = replace(self.state, output=(self.state.place + by) % self.state.size)
        elif key == "home":
            self._build(Stack().steps)
        elif key == "r":
            self._build(resnet_convolutions(3))
        elif key in ("c", "m"):
            self._build((*steps, CONV3 if key == "c" else POOL2))
        elif key in ("minus", "-", "backspace"):
            self._build(steps[:-1])
        elif key in ("s", "d"):
            self._change_last(key)
        else:
            return False
        return True

    def _change_last(self, key: str) -> None:
        """Another stride or dilation of the topmost layer; a pooling has no dilation here."""
        if not self.state.steps:
            self.note = "There is no layer yet: c adds a convolution."
            return
        *below, last = self.state.steps
        if key == "s":
            self._build((*below, replace(last, stride=3 - last.stride)))
        elif last.kind == "conv":
            self._build((*below, replace(last, dilation=NEXT_DILATION[last.dilation])))
        else:
            self.note = "A pooling is not dilated here; c adds a convolution."

    def _build(self, steps: tuple[Step, ...]) -> None:
        if len(steps) > MOST_LAYERS:
            self.note = f"{MOST_LAYERS} layers are enough here."
            return
        try:
            self.state = self.state.with_steps(steps)
        except ValueError as no_room:
            self.note = f"Not added: {no_room}."
