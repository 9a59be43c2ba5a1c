"""A lesson's figure on the screen: painted after each key, and moved on by a timer as long as it plays."""

from textual.timer import Timer

from tutor.drawing.charset import Charset
from tutor.drawing.rows import Row
from tutor.figures.shown import ShownFigure
from tutor.widgets.picture import Picture

TICK_S = 0.6


class FigurePicture(Picture):
    """Paints the figure whenever it stands differently."""

    def __init__(self, figure: ShownFigure, charset: Charset, *, id: str | None = None, classes: str | None = None):
        super().__init__(self._draw, id=id, classes=classes)
        self.figure, self.charset = figure, charset
        self._ticking: Timer | None = None

    def press(self, key: str) -> bool:
        """Take a key; False if it is none of the figure's."""
        if not self.figure.press(key):
            return False
        self.paint()
        self._tick_while_it_plays()
        return True

    def stop_playing(self) -> None:
        """Nothing plays where it is not seen."""
        self.figure.stop()
        self._tick_while_it_plays()

    def _tick_while_it_plays(self) -> None:
        """A timer runs as long as the figure plays, and only then."""
        if self.figure.is_playing and self._ticking is None:
            self._ticking = self.set_interval(TICK_S, self._tick)
        elif not self.figure.is_playing and self._ticking is not None:
            self._ticking.stop()
            self._ticking = None

    def _tick(self) -> None:
        self.figure.tick()
        self.paint()
        self._tick_while_it_plays()

    def _draw(self, width: int, height: int) -> list[Row]:
        return self.figure.draw(width, height, self.charset)
