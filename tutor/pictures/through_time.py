"""How much gradient arrives at each earlier step: asked of the lab."""

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.rows import Row
from tutor.drawing.through_time import draw_through_time
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class ThroughTimePicture:
    sentence = "how much gradient each earlier step gets"
    look_for = (
        "A straight line down is a constant factor a step. Training bends it: what the cell has learned to keep, "
        "it also learns through."
    )
    options: frozenset[str] = frozenset()
    page = 1

    async def ask(self, run: RunDirectory, _view: View, lab: LabClient) -> Answer:
        return await lab.ask({"ask": "through_time", "run": str(run.path)})

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_through_time(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a step, one column a curve."""
        curves = answer["curves"]
        rows = [(t + 1, *values) for t, values in enumerate(zip(*(each["log10"] for each in curves), strict=True))]
        return Table(("step", *(each["name"] for each in curves)), rows)
