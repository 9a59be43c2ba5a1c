"""How a trainer is asked to end: once to save and stop, twice to stop at once."""

import signal
from types import FrameType


class StopNow(BaseException):
    """The second request: whatever is going on ends here. No `except Exception` of a learner holds it up."""


class StopSignals:
    """SIGTERM and SIGINT ask; SIGHUP, which a closed terminal sends, means nothing to a run."""

    def __init__(self) -> None:
        self._requested = False

    @property
    def requested(self) -> bool:
        """Whether the run shall save and stop."""
        return self._requested

    def leave_at_once(self) -> None:
        """From now on there is nothing left to save: the first request ends it."""
        self._requested = True

    def install(self) -> None:
        """Listen from now on."""
        signal.signal(signal.SIGTERM, self._ask)
        signal.signal(signal.SIGINT, self._ask)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self._requested:
            raise StopNow
        self._requested = True
