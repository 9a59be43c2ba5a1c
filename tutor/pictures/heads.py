"""What each attention head does, scored, and what is lost without it: asked of the lab."""

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.heads import draw_heads, habit_of, lost_without, ranked
from tutor.drawing.rows import Row
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class HeadsPicture:
    sentence = "what each attention head does, and what is lost without it"
    look_for = (
        "A habit far above chance whose head is missed: then it does the work that it seems to do. A habit that nobody "
        "misses is a picture, not an explanation."
    )
    options: frozenset[str] = frozenset()
    page = 1

    async def ask(self, run: RunDirectory, _view: View, lab: LabClient) -> Answer:
        return await lab.ask({"ask": "heads", "run": str(run.path)})

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_heads(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a head; a column for each habit's share and what chance gives."""
        names = list(dict.fromkeys(name for head in answer["heads"] for name in head["scores"]))
        rows = [
            (
                head["kind"], head["layer"], head["head"], lost_without(answer, head), habit_of(head),
                *(value for name in names for value in (head["scores"].get(name, ""), head["chance"].get(name, ""))),
            )
            for head in ranked(answer)
        ]  # fmt: skip
        columns = [f"{name}{what}" for name in names for what in ("", " by chance")]
        return Table(("kind", "layer", "head", "loss without it", "habit", *columns), rows)
