"""What each gate does, character by character: asked of the lab."""

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.gates import draw_gates
from tutor.drawing.rows import Row
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class GatesPicture:
    sentence = "what each gate does, character by character"
    look_for = (
        "Rows that change at the same sign: a unit that tracks something. A forget gate that stays bright keeps, one "
        "that goes dark at a line break or a space lets go there."
    )
    options: frozenset[str] = frozenset({"text", "layer", "gate", "sort", "first"})
    page = 32

    async def ask(self, run: RunDirectory, view: View, lab: LabClient) -> Answer:
        question = {
            "ask": "gates",
            "run": str(run.path),
            "text": view.text,
            "layer": view.layer,
            "gate": view.gate,
            "sort": view.sort,
            "first": view.first,
        }
        return await lab.ask(question)

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_gates(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a character, one column a unit."""
        rows = [(symbol, *(row[t] for row in answer["values"])) for t, symbol in enumerate(answer["text"])]
        return Table(("character", *(f"unit {unit}" for unit in answer["units"])), rows)
