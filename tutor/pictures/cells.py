"""The most selective units, by score, against chance: asked of the lab."""

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.rows import Row
from tutor.drawing.selective_cells import draw_selective_cells
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class CellsPicture:
    sentence = "the units that tell most of the text"
    look_for = (
        "A score far beyond chance is a unit that has learned something of the text; then see whether its shades below "
        "turn where the feature begins and ends."
    )
    options: frozenset[str] = frozenset({"text", "layer", "unit"})
    page = 1

    async def ask(self, run: RunDirectory, view: View, lab: LabClient) -> Answer:
        question = {
            "ask": "cells",
            "run": str(run.path),
            "text": view.text,
            "layer": view.layer,
            "unit": view.unit if view.unit >= 0 else None,
        }
        return await lab.ask(question)

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_selective_cells(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a feature."""
        keys = ("feature", "unit", "score", "chance", "share")
        return Table(keys, [tuple(each[key] for key in keys) for each in answer["found"]])
