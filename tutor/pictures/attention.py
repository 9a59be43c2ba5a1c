"""Where every head looks while a sentence is read and said: asked of the lab."""

from models.runs import RunDirectory
from tutor.drawing.attention import KINDS, Place, column_names, draw_head, draw_maps, draw_row, head_words, row_names
from tutor.drawing.charset import Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import FAINT, STRONG, Row, wrap
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Table, View
from tutor.refusals import Refusal

_LINES = 30  # of the small maps in a shell, where nothing scrolls away


class AttentionPicture:
    sentence = "where every head looks while a sentence is read and said"
    look_for = (
        "A diagonal: a head that goes along. A column: a token that all look at, often the end. Two heads of one layer "
        "that look alike do the same work twice."
    )
    options: frozenset[str] = frozenset({"text", "layer", "head", "kind"})
    page = 1

    async def ask(self, run: RunDirectory, view: View, lab: LabClient) -> Answer:
        if view.kind and view.kind not in KINDS:
            raise Refusal(f'No attention is called "{view.kind}".', "--kind", f"use one of: {', '.join(KINDS)}")
        if view.layer and view.head < 0:
            raise Refusal("A layer alone enlarges nothing: all are drawn.", "--layer", "name its head too: --head 0")
        answer = await lab.ask({"ask": "attention", "run": str(run.path), "text": view.text})
        layers = answer["weights"][view.kind or "cross"]
        for name, value, most in (("layer", view.layer, len(layers)), ("head", view.head, len(layers[0]))):
            if value >= most:
                raise Refusal(f"There is no {name} {value}.", f"--{name}", f"use 0 to {most - 1}")
        return {**answer, "chosen": {"kind": view.kind, "layer": view.layer, "head": view.head}}

    def draw(self, answer: Answer, width: int, charset: Charset) -> list[Row]:
        """The small maps of the kinds that are wanted; with a head, that one and each of its rows in words."""
        chosen = answer["chosen"]
        rows = [*wrap(charset.translate(printable_line(answer["text"])), width, STRONG)]
        rows += [
            *wrap(charset.translate(f"{charset.arrow} {printable_line(answer['translation'])}"), width, STRONG),
            [],
        ]
        if chosen["head"] >= 0:
            place = Place(chosen["kind"] or "cross", chosen["layer"], chosen["head"], row=-1)
            rows += [[(head_words(answer, place), STRONG)], *draw_head(answer, place, width, charset), []]
            for number in range(len(row_names(answer, place.kind))):
                rows += draw_row(answer, Place(place.kind, place.layer, place.head, number), width, charset)
            return rows
        for kind in [chosen["kind"]] if chosen["kind"] else KINDS:
            rows += [*draw_maps(answer, Place(kind, head=-1), width, _LINES, charset), []]
        return [*rows, *wrap("One head with its tokens: --kind cross --layer 0 --head 0", width, FAINT)]

    def table(self, answer: Answer) -> Table:
        """One row a weight."""
        rows = [
            (kind, layer, head, query, row_names(answer, kind)[query], key, column_names(answer, kind)[key], weight)
            for kind, layers in answer["weights"].items()
            for layer, heads in enumerate(layers)
            for head, lines in enumerate(heads)
            for query, line in enumerate(lines)
            for key, weight in enumerate(line)
        ]
        return Table(("kind", "layer", "head", "query", "token", "key", "key token", "weight"), rows)
