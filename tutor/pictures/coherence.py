"""How far what a net says is from text, by five measures: kept with the run, or asked of the lab."""

from models.coherence_facts import read_coherence
from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.coherence import draw_coherence
from tutor.drawing.rows import Row
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class CoherencePicture:
    sentence = "what it says, held against real text"
    look_for = (
        "Read the text first. The measures see words, names and lines and no sense at all: a net may hold all five and "
        "say nothing."
    )
    options: frozenset[str] = frozenset()
    page = 1

    async def ask(self, run: RunDirectory, _view: View, lab: LabClient) -> Answer:
        kept = read_coherence(run, run.status().step)
        if kept and "problem" not in kept:
            return kept
        return await lab.ask({"ask": "coherence", "run": str(run.path)})

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_coherence(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a measure."""
        keys = ("name", "holds", "found", "ngram", "low", "high")
        return Table(keys, [tuple(each[key] for key in keys) for each in answer["measures"]])
