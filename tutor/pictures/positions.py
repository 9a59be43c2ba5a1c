"""Positional encodings, learned against sinusoidal: asked of the lab."""

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.positions import draw_positions
from tutor.drawing.rows import Row
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class PositionsPicture:
    sentence = "how alike two places are: a trained table beside the waves"
    look_for = (
        "A bright diagonal that fades evenly: near places are alike, and only the distance counts. A trained table "
        "learns as much of it as its sentences need, and nothing of places that they never reach."
    )
    options: frozenset[str] = frozenset()
    page = 1

    async def ask(self, run: RunDirectory, _view: View, lab: LabClient) -> Answer:
        return await lab.ask({"ask": "positions", "run": str(run.path)})

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_positions(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row for every two places."""
        kinds = [name for name in ("own", "waves") if answer[name]]
        rows = [
            (i, j, *(answer[name]["cosines"][i][j] for name in kinds))
            for i in range(answer["places"])
            for j in range(answer["places"])
        ]
        return Table(("place", "other place", *kinds), rows)
