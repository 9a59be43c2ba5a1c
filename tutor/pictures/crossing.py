"""Whether a head finds the word behind each character of a number: asked of the lab."""

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.crossing import draw_crossing
from tutor.drawing.rows import Row
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View

CROSSED = "ninety-two"  # zweiundneunzig, quatre-vingt-douze: said in another order, or counted in another way


class CrossingPicture:
    sentence = "number words: which head finds the word of each character"
    look_for = (
        "Where a head follows the words, the bright cells of the units go to the right before those of the tens: "
        "German says two before ninety, so the path through the words crosses itself."
    )
    options: frozenset[str] = frozenset({"text"})
    page = 1

    async def ask(self, run: RunDirectory, view: View, lab: LabClient) -> Answer:
        scored = await lab.ask({"ask": "crossing", "run": str(run.path)})
        sentence = await lab.ask({"ask": "attention", "run": str(run.path), "text": view.text or CROSSED})
        return {**scored, "sentence": sentence}

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_crossing(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        rows = [(row["layer"], row["head"], row["share"], answer["chance"]) for row in answer["heads"]]
        return Table(("layer", "head", "share", "chance"), rows)
