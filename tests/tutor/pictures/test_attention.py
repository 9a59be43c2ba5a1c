"""The picture of attention as it is asked for, printed and exported."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from models.runs import RunDirectory
from tests.tutor.attention_answers import known_answer
from tutor.drawing.charset import ASCII
from tutor.drawing.rows import plain
from tutor.pictures.attention import AttentionPicture
from tutor.pictures.picture import View
from tutor.refusals import Refusal


class Lab:
    async def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        self.asked = question
        return known_answer()


def answer_of(**view: Any) -> Any:
    return asyncio.run(AttentionPicture().ask(RunDirectory(Path("/r")), View(**view), Lab()))  # type: ignore[arg-type]


def test_without_a_head_every_kind_is_drawn_and_with_one_every_row_is_told():
    text = "\n".join(plain(AttentionPicture().draw(answer_of(), 80, ASCII)))
    assert [text.count(f"{kind} attention:") for kind in ("encoder", "decoder", "cross")] == [1, 1, 1]
    assert text.startswith("ninety two\n-> zwe\n")
    text = "\n".join(plain(AttentionPicture().draw(answer_of(kind="cross", head=1), 80, ASCII)))
    assert 'to write "w" it looks at: two 1.00' in text
    assert "encoder" not in text


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ({"kind": "self"}, '"self"'),
        ({"head": 3}, "no head 3"),
        ({"layer": 2, "head": 0}, "no layer 2"),
        ({"layer": 1}, "layer alone"),
    ],
)
def test_a_place_that_is_not_there_is_refused_with_those_that_are(view, words):
    with pytest.raises(Refusal, match=words):
        answer_of(**view)


def test_the_table_has_a_row_for_each_weight():
    table = AttentionPicture().table(answer_of())
    assert len(table.rows) == 2 * 3 * (3 * 3 + 4 * 4 + 4 * 3)
    assert ("cross", 1, 1, 1, "w", 1, "two", 1.0) in table.rows
