"""The paper-match card: the paper's run and the learner's, line by line."""

from dataclasses import asdict
from typing import Any

from models.paper_match import paper_match
from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.paper_card import draw_paper_card
from tutor.drawing.rows import Row
from tutor.pictures.picture import Answer, Table, View


class PaperPicture:
    sentence = "the paper and your run, line by line, and if they match"
    look_for = "Each line that differs is a reason why the accuracy may; the interval is of the test images alone."
    options: frozenset[str] = frozenset()
    page = 1

    async def ask(self, run: RunDirectory, _view: View, _lab: Any) -> Answer:
        return {"run": run.id, "card": paper_match(run.config(), run.status())}

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_paper_card(answer["card"], width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a line of the card."""
        rows = [tuple(asdict(line).values()) for line in answer["card"].lines]
        return Table(("line", "paper", "yours", "same"), rows)
