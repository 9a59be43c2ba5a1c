"""What a picture of a run is: a question, a drawing, a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.rows import Row

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class View:
    """What the learner chose to look at; a picture takes of it what it needs."""

    image: int = 0  # which held-out image
    channels: int = 4  # how many channels of each stage
    first: int = 0  # how many to pass over of a list that is longer than a page
    text: str = ""  # what a character model reads; "": a passage of the held-out text
    layer: int = 0
    gate: str = ""  # a letter such as f; "": the one that says most
    sort: bool = False  # units by how much they tell of the text
    unit: int = -1  # -1: the one that tells most, or a page of them


@dataclass(frozen=True)
class Table:
    """The numbers behind a picture: one heading a column, one row a value or group of values."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str | int | float]]


class Picture(Protocol):
    """One kind of picture; stateless, so that a verb, a screen and a test share it."""

    sentence: str  # what it shows, in one line
    look_for: str  # what to look for in it, in one or two sentences
    options: frozenset[str]  # which fields of View change it
    page: int  # how many of a long list it shows at once; 1 where it shows no list

    async def ask(self, run: RunDirectory, view: View, lab: Any) -> Answer:
        """The numbers, from the lab or from the run's own files."""
        ...

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        """The whole picture as rows."""
        ...

    def table(self, answer: Answer) -> Table:
        """The same numbers for a spreadsheet, none of them rounded further than the lab did."""
        ...
