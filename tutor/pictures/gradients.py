"""Gradient norms by layer over time, as the run noted them."""

from typing import Any

from models.gradient_history import gradient_history
from models.runs import RunDirectory
from tutor.drawing.charset import Charset
from tutor.drawing.gradients import draw_gradients
from tutor.drawing.rows import Row
from tutor.pictures.picture import Answer, Table, View


class GradientsPicture:
    sentence = "the gradient of each layer, step by step"
    look_for = "Rows that darken towards the image: gradients vanish on their way down. Skips keep them even."
    options: frozenset[str] = frozenset()
    page = 1

    async def ask(self, run: RunDirectory, _view: View, _lab: Any) -> Answer:
        return {"history": gradient_history(run)}

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        return draw_gradients(answer["history"], width, charset)

    def table(self, answer: Answer) -> Table:
        """One row a step, one column a layer."""
        history = answer["history"]
        rows = [
            (step, *("" if values[k] is None else values[k] for values in history.norms.values()))
            for k, step in enumerate(history.steps)
        ]
        return Table(("step", *history.norms), rows)
