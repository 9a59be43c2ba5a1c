"""Feature maps: what each stage of the trained net makes of one image."""

from typing import Any

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.feature_pages import draw_every_stage
from tutor.drawing.rows import Row
from tutor.feature_question import features_of
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class FeaturesPicture:
    sentence = "what each stage makes of one image, channel by channel"
    look_for = (
        "Early stages keep strokes and edges in place; later ones are small and answer to larger parts of the image."
    )
    options = frozenset({"image", "channels"})
    page = 1

    async def ask(self, run: RunDirectory, view: View, lab: LabClient) -> Answer:
        return await lab.ask({"ask": "features", "run": str(run.path), "image": view.image, "channels": view.channels})

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_every_stage(features_of(answer), width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a pixel of a map."""
        rows: list[list[Any]] = [
            [stage["name"], channel, i, j, value]
            for stage in answer["stages"]
            for channel, grid in zip(stage["channels"], stage["values"], strict=True)
            for i, line in enumerate(grid)
            for j, value in enumerate(line)
        ]
        return Table(("stage", "channel", "row", "column", "value"), rows)
