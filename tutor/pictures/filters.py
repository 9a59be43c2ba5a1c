"""First-layer filters: the kernels that lie on the image itself."""

from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.filters import draw_filters
from tutor.drawing.rows import Row
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View


class FiltersPicture:
    sentence = "the kernels of the first layer, as training left them"
    look_for = "A kernel with a dark and a bright side answers to an edge; one of equal signs to a patch of one shade."
    options: frozenset[str] = frozenset()
    page = 1

    async def ask(self, run: RunDirectory, _view: View, lab: LabClient) -> Answer:
        return await lab.ask({"ask": "filters", "run": str(run.path)})

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_filters(answer, width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a weight."""
        rows = [
            (kernel, channel, u, v, weight)
            for kernel, tables in enumerate(answer["values"])
            for channel, table in enumerate(tables)
            for u, line in enumerate(table)
            for v, weight in enumerate(line)
        ]
        return Table(("kernel", "channel", "row", "column", "weight"), rows)
