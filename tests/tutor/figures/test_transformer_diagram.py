"""Keys of the transformer's diagram, with answers made up here."""

from pathlib import Path

import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.rows import plain
from tutor.figures.registry import figure_of
from tutor.figures.transformer_diagram import TransformerDiagramFigure

RESERVED = ("n", "p", "space", "pagedown", "f", "question_mark", "q", "escape", "enter", "o", "O")


def answered(figure: TransformerDiagramFigure) -> TransformerDiagramFigure:
    assert figure.question is not None
    settings = {k: v for k, v in figure.question.items() if k not in ("ask", "figure", "workspace")}
    figure.answered(
        {"settings": settings, "whose": "yours", "reason": None, "shapes": {"source": [2, 7]}, "parameters": 9,
         "sizes": {"d": 32, "d_ff": 128, "layers": 2}, "rates": {"4000": [0.1, 0.2]}, "rate_steps": [250, 500]}
    )  # fmt: skip
    return figure


def text(figure: TransformerDiagramFigure) -> str:
    return "\n".join(plain(figure.draw(76, UNICODE)))


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [("m", "mode", "decoding"), ("plus", "said", 4), ("minus", "said", 2), ("v", "norm", "pre"), ("w", "heads", 8),
     ("r", "again", 1)],
)  # fmt: skip
def test_each_key_asks_for_one_other_setting(key, name, value):
    figure = answered(TransformerDiagramFigure())
    assert figure.question is None
    assert figure.press(key)
    assert figure.question is not None
    assert figure.question[name] == value
    assert "computing" in text(figure)


def test_arrows_go_through_every_part_and_stay_inside():
    figure = answered(TransformerDiagramFigure())
    for _ in range(40):
        figure.press("down")
    seen = []
    for _ in range(40):
        seen.append((figure.current, next(row for row in text(figure).split("\n") if "›" in row)))
        figure.press("up")
    assert "source ids" in seen[0][1]
    assert "logits" in seen[-1][1]
    assert len(set(seen)) == 18


def test_the_part_that_is_looked_at_stays_when_the_norms_move():
    figure = answered(TransformerDiagramFigure())
    for _ in range(40):
        figure.press("up")
    figure.press("v")
    answered(figure)
    assert figure.current == 18
    figure.press("down")
    figure.press("v")
    assert figure.current == 17
    figure.press("m")
    assert figure.current == 17


def test_the_rate_needs_no_new_answer_and_home_goes_back():
    figure = answered(TransformerDiagramFigure())
    figure.press("c")
    assert figure.question is None
    assert "Noam" in text(figure)
    figure.press("home")
    assert "Noam" not in text(figure)


def test_the_lab_is_told_where_the_learners_file_is(tmp_path: Path):
    figure = figure_of("transformer_diagram", tmp_path)
    assert isinstance(figure, TransformerDiagramFigure)
    assert figure.question is not None
    assert figure.question["workspace"] == str(tmp_path)


def test_in_plain_text_every_part_is_told():
    rows = plain(answered(TransformerDiagramFigure()).draw_in_full(76, ASCII))
    assert sum(row.startswith("- ") for row in rows) == 18
    assert all(row.isascii() for row in rows)
    assert max(map(len, rows)) <= 76


def test_the_keys_of_the_lesson_are_left_alone():
    assert not any(TransformerDiagramFigure().press(key) for key in RESERVED)
    assert len(TransformerDiagramFigure.keys) <= 76
