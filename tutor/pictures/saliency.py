"""Which characters before speak for the next one: asked of the lab."""

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.rows import Row
from tutor.drawing.saliency import draw_saliency
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class SaliencyPicture:
    sentence = "which characters speak for the next one"
    look_for = (
        "How far back the shades reach: a say that ends after a few characters is a short memory, however long "
        "the text."
    )
    options: frozenset[str] = frozenset({"text"})
    page = 1

    async def ask(self, run: RunDirectory, view: View, lab: LabClient) -> Answer:
        return await lab.ask({"ask": "saliency", "run": str(run.path), "text": view.text})

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_saliency(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a character."""
        return Table(("character", "gradient x input"), list(zip(answer["text"], answer["values"], strict=True)))
