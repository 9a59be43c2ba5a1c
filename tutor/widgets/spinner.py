"""A sign of life for work that takes a while: one character twice a second, and the time that has passed."""

import time

from tutor.drawing.charset import Charset
from tutor.drawing.durations import duration
from tutor.drawing.rows import ACCENT, FAINT, Row

INTERVAL_S = 0.5


class Spinner:
    """Counts from its creation; draws a row whenever it is asked."""

    def __init__(self, what: str, charset: Charset) -> None:
        self.what = what
        self._signs = "◐◓◑◒" if charset.unicode else "|/-\\"
        self._began = time.monotonic()

    def draw(self) -> Row:
        """The sign of this moment, what is being waited for, and since when."""
        passed = time.monotonic() - self._began
        sign = self._signs[int(passed / INTERVAL_S) % len(self._signs)]
        return [(f"{sign} ", ACCENT), (self.what, ""), (f"   {duration(passed)}", FAINT)]
