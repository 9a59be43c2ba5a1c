"""What a figure of a lesson is, one whose numbers come from the lab, and one that fits itself to the window."""

from typing import Any, Protocol, runtime_checkable

from tutor.drawing.charset import Charset
from tutor.drawing.rows import Row


class Figure(Protocol):
    """A picture that is played with by keys; it holds how it stands now."""

    keys: str  # what its keys do, in one line

    def draw(self, width: int, charset: Charset) -> list[Row]:
        """How it stands now."""
        ...

    def press(self, key: str) -> bool:
        """Take a key; False if it is none of the figure's."""
        ...


@runtime_checkable
class LabFigure(Figure, Protocol):
    """A figure that is computed by nets: it says what it must know, and draws what will be seen until it knows."""

    @property
    def question(self) -> dict[str, Any] | None:
        """What to ask the lab now; None when it has what it needs."""
        ...

    def answered(self, answer: dict[str, Any]) -> None:
        """The lab's answer to the newest question."""
        ...


@runtime_checkable
class FittedFigure(Figure, Protocol):
    """A figure that leaves out rows around the one looked at, so that this one is seen without scrolling."""

    height: int  # the rows that there are for it


@runtime_checkable
class PlayedFigure(Figure, Protocol):
    """A figure that can move on by itself: `tick` is called a few times a second as long as it plays."""

    is_playing: bool

    def tick(self) -> bool:
        """Move on by one step; False when nothing moves any more."""
        ...

    def stop(self) -> None:
        """Play no further."""
        ...


@runtime_checkable
class ToldFigure(Figure, Protocol):
    """A figure whose steps can also be told, for a page that nobody plays with."""

    def draw_in_full(self, width: int, charset: Charset) -> list[Row]:
        """The picture, and its steps as text."""
        ...
