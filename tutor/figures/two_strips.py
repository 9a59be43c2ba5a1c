"""Cell state and hidden state as two strips over a text."""

from tutor.drawing.charset import Charset
from tutor.drawing.figures.two_strips import draw_states, draw_two_strips
from tutor.drawing.rows import Row
from tutor.figures.walked_cell import WalkedCell


class TwoStripsFigure(WalkedCell):
    """c and h of one unit, and what c is the sum of at the character of now."""

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The strips, with the character of now marked."""
        return draw_two_strips(self.moment, self.settings["run"], width, charset)

    def draw_in_full(self, width: int, charset: Charset) -> list[Row]:
        """At the end of the text, with the first steps in numbers, for a page that nobody plays with."""
        self.press("end")
        moment = self.moment
        return [*self.draw(width, charset), [], *draw_states(moment, width, charset)] if moment else []
