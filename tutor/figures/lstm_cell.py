"""The animated LSTM cell."""

from tutor.drawing.charset import Charset
from tutor.drawing.figures.lstm_cell import draw_lstm_cell, draw_walk
from tutor.drawing.rows import Row
from tutor.figures.walked_cell import WalkedCell


class LstmCellFigure(WalkedCell):
    """Step or play one unit through a text, each gate's value on its wire."""

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """The wiring at the character of now."""
        return draw_lstm_cell(self.moment, self.settings["run"], width, charset)

    def draw_in_full(self, width: int, charset: Charset) -> list[Row]:
        """The walk's first steps below the picture, for a page that nobody plays with."""
        moment = self.moment
        return [*self.draw(width, charset), [], *draw_walk(moment, width, charset)] if moment else []
