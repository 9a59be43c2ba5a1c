"""What each gate does, character by character: asked of the lab."""

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.gates import draw_gates, draw_unit
from tutor.drawing.rows import Row
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class GatesPicture:
    sentence = "what each gate does, character by character"
    look_for = (
        "Rows that change at the same sign: a unit that tracks something. A forget gate that stays bright keeps, one "
        "that goes dark at a line break or a space lets go there."
    )
    options: frozenset[str] = frozenset({"text", "layer", "gate", "sort", "first", "unit"})
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
            "unit": view.unit if view.unit >= 0 else None,
        }
        return await lab.ask(question)

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        draw = draw_unit if "unit" in answer else draw_gates
        return draw(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a character; one column a unit, or of one unit a gate or state."""
        if "unit" in answer:
            of_one = answer["rows"]
            lines = [(symbol, *(row[t] for row in of_one.values())) for t, symbol in enumerate(answer["text"])]
            return Table(("character", *of_one), lines)
        rows = [(symbol, *(row[t] for row in answer["values"])) for t, symbol in enumerate(answer["text"])]
        return Table(("character", *(f"unit {unit}" for unit in answer["units"])), rows)
