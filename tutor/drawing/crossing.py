"""Whether cross-attention finds the word that each character renders, where the order of words is turned around."""

from collections.abc import Mapping
from typing import Any

from tutor.drawing.attention import Place, draw_head
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import FAINT, GOOD, STRONG, WARN, Row, fit, wrap


def draw_crossing(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """The score of each head beside chance, a verdict, and one number under the best head."""
    best, good = answer["best"], answer["good"]
    rows: list[Row] = wrap(
        f"{answer['numbers']} held-out numbers: the share of characters whose strongest word is the one they render",
        width, STRONG,
    )  # fmt: skip
    for layer in sorted({row["layer"] for row in answer["heads"]}):
        shares = [row for row in answer["heads"] if row["layer"] == layer]
        line: Row = [(f"layer {layer}  ", FAINT)]
        for row in shares:
            is_best = (row["layer"], row["head"]) == (best["layer"], best["head"])
            line.append((f" head {row['head']} {row['share']:>4.0%} ", STRONG if is_best else ""))
        rows.append(line)
    rows.append([(f"chance   {answer['chance']:>4.0%}", FAINT)])
    name = f"layer {best['layer']} head {best['head']}"
    if best["share"] >= good:
        rows += wrap(f"{name} shows the crossing: {best['share']:.0%}, the bar is {good:.0%}.", width, GOOD)
    else:
        words = f"No head shows the crossing reliably: the best, {name}, has {best['share']:.0%}, below {good:.0%}."
        rows += wrap(words, width, WARN)
    sentence = answer["sentence"]
    place = Place("cross", best["layer"], best["head"], row=-1)
    said = f"{sentence['text']} {charset.arrow} {charset.translate(sentence['translation'])}"
    rows += [[], [(said, STRONG)], *draw_head(sentence, place, width, charset)]
    return [fit(row, width, charset.cut) for row in rows]
