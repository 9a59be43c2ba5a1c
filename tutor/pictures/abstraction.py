"""Abstraction by depth: what a linear probe can read behind each block."""

from models.runs import RunDirectory
from tutor.drawing.abstraction import draw_abstraction
from tutor.drawing.charset import Charset
from tutor.drawing.rows import Row
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class AbstractionPicture:
    sentence = "how abstract each layer is: a linear probe by depth"
    look_for = (
        "Both rise with depth where the net turns pixels into classes; a step back is a layer that undoes some of it."
    )
    options: frozenset[str] = frozenset()
    page = 1

    async def ask(self, run: RunDirectory, _view: View, lab: LabClient) -> Answer:
        return await lab.ask({"ask": "abstraction", "run": str(run.path)})

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_abstraction(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a depth."""
        keys = ("name", "features", "probe_accuracy", "separation")
        return Table(keys, [tuple(each[key] for key in keys) for each in answer["depths"]])
