"""The confusion matrix of the held-out images."""

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.confusion import draw_confusion
from tutor.drawing.rows import Row
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class ConfusionPicture:
    sentence = "which classes are taken for which, over all held-out images"
    look_for = "Large numbers off the diagonal: classes that look alike to the net. Do they look alike to you?"
    options: frozenset[str] = frozenset()
    page = 1

    async def ask(self, run: RunDirectory, _view: View, lab: LabClient) -> Answer:
        return await lab.ask({"ask": "confusion", "run": str(run.path)})

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_confusion(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a class as it is, one column a class as it is taken for."""
        names = answer["class_names"]
        return Table(("class", *names), [(name, *line) for name, line in zip(names, answer["counts"], strict=True)])
