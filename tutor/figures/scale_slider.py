"""Keys of the figure that slides d_k with and without the scale."""

from dataclasses import replace

from lessons.figures.scale_slider import DRAWS, SIZES, ScaleSlider
from tutor.drawing.charset import Charset
from tutor.drawing.figures.scale_slider import VIEWS, draw_scale_slider
from tutor.drawing.rows import Row

_VIEWS = tuple(VIEWS)


class ScaleSliderFigure:
    """Slide d_k, look at one row's weights or at a curve, take another draw."""

    keys = "left/right d_k   v weights or curves   s other draw   home"

    def __init__(self) -> None:
        self.state, self.view = ScaleSlider(), _VIEWS[0]

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """What was measured at this d_k."""
        return draw_scale_slider(self.state, self.view, width, charset)

    def press(self, key: str) -> bool:
        """Take a key; at an end nothing moves, views and draws go round."""
        state, place = self.state, SIZES.index(self.state.d_k)
        match key:
            case "right" | "l" | "plus" | "+" | "equals_sign":
                self.state = replace(state, d_k=SIZES[min(place + 1, len(SIZES) - 1)])
            case "left" | "h" | "minus" | "-":
                self.state = replace(state, d_k=SIZES[max(place - 1, 0)])
            case "v":
                self.view = _VIEWS[(_VIEWS.index(self.view) + 1) % len(_VIEWS)]
            case "s":
                self.state = replace(state, draw=(state.draw + 1) % DRAWS)
            case "home":
                self.state, self.view = ScaleSlider(), _VIEWS[0]
            case _:
                return False
        return True
