"""The images that the net gets wrong."""

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.errors import draw_errors
from tutor.drawing.rows import Row
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class ErrorsPicture:
    sentence = "the images that it gets wrong, the surest mistakes first"
    look_for = "Would you have known? A mistake that you share is the image's, one that you do not is the net's."
    options = frozenset({"first"})
    page = 12

    async def ask(self, run: RunDirectory, view: View, lab: LabClient) -> Answer:
        return await lab.ask({"ask": "errors", "run": str(run.path), "first": view.first, "most": self.page})

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_errors(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row an image; its pixels are in the data set."""
        keys = ("image", "label_name", "predicted_name", "probability")
        return Table(keys, [tuple(each[key] for key in keys) for each in answer["images"]])
