"""What a learner's code prints in a run, kept up to a limit: a print in a loop over time fills a disk in minutes."""

from typing import Any, TextIO

MOST = 1_000_000  # characters


class LimitedOutput:
    """Stands in for a stream of text; after so many characters it says so once, and keeps no more."""

    def __init__(self, stream: TextIO, most: int = MOST) -> None:
        self._stream, self._left = stream, most

    def write(self, text: str) -> int:
        """Pass it on while there is room; a writer is never told that there is none."""
        if self._left > 0:
            self._stream.write(text[: self._left])
            self._left -= len(text)
            if self._left <= 0:
                self._stream.write("\n(More was printed; it is not kept.)\n")
                self._stream.flush()
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
