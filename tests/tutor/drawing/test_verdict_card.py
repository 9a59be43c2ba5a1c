import dataclasses

import pytest

from lessons.checking.verdict import Verdict
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.rows import cells, plain
from tutor.drawing.verdict_card import draw_verdict

FAILED = Verdict(
    id="cnn/conv2d", status="failed", message="The kernel is turned before it meets the image.",
    mistake="flipped-kernel", hint="Which pixel does `w[0, 0]` meet?", seconds=0.41,
    detail=("output[0, 0]: expected 1.5, got 1.2", "13 of 15 cases differ"), stdout="shape (3, 4)\n",
    right_equation="y[i, j] = sum w[u, v] x[i+u, j+v]", learner_equation="y[i, j] = sum w[u, v] x[i-u, j-v]",
)  # fmt: skip


def test_a_named_mistake_stands_with_both_equations_the_evidence_and_a_hint():
    assert plain(draw_verdict(FAILED, 60)) == [
        "✗ FAILED  flipped-kernel                               0.4 s",
        "The kernel is turned before it meets the image.",
        "",
        "right  y[i, j] = sum w[u, v] x[i+u, j+v]",
        "yours  y[i, j] = sum w[u, v] x[i-u, j-v]",
        "",
        "output[0, 0]: expected 1.5, got 1.2",
        "13 of 15 cases differ",
        "",
        "Hint: Which pixel does w[0, 0] meet?",
        "",
        "Your code printed:",
        "  shape (3, 4)",
    ]


def test_an_equation_that_is_too_wide_goes_on_below():
    rows = plain(draw_verdict(FAILED, 34))
    assert rows[rows.index("right  y[i, j] = sum w[u, v]") + 1] == "           x[i+u, j+v]"


def test_after_passing_the_paragraph_says_why_and_what_is_next():
    verdict = Verdict("cnn/conv2d", "passed", "15 of 15 cases agree.", after="Right, because. Next: normalise.")
    assert plain(draw_verdict(verdict, 60)) == [
        "✓ PASSED                                               0.0 s",
        "15 of 15 cases agree.",
        "",
        "Right, because. Next: normalise.",
    ]
    assert len(draw_verdict(verdict, 60, with_after=False)) == 2


@pytest.mark.parametrize(
    ("status", "sign", "word"),
    [("passed", "✓", "PASSED"), ("variant", "✓", "PASSED, a variant"), ("fragile", "!", "PASSED, but fragile"),
     ("failed", "✗", "FAILED"), ("error", "✗", "ERROR"), ("timeout", "✗", "OUT OF TIME"),
     ("missing", "○", "NOT STARTED"), ("unverifiable", "!", "COULD NOT BE VERIFIED")],
)  # fmt: skip
def test_every_status_has_a_sign_and_a_word(status, sign, word):
    first = plain(draw_verdict(dataclasses.replace(FAILED, status=status, mistake=None), 60))[0]
    assert first.startswith(f"{sign} {word} ")


def test_what_the_learners_code_says_cannot_act_on_the_terminal():
    hostile = "\x1b[2J\x1b]52;c;aGk=\x07[@click=app.quit]x[/]\u202e"
    verdict = dataclasses.replace(FAILED, message=hostile, detail=(hostile,), stdout=hostile * 9, mistake=hostile)
    text = "\n".join(plain(draw_verdict(verdict, 60)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[@click=app.quit]x[/]" in text


def test_a_traceback_keeps_its_lines_and_indents():
    verdict = dataclasses.replace(FAILED, status="error", message="ValueError: no\n  line 3, in conv2d", mistake=None)
    assert plain(draw_verdict(verdict, 60))[1:3] == ["ValueError: no", "  line 3, in conv2d"]


@pytest.mark.parametrize("width", [30, 60, 100])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_a_card_keeps_its_width_and_its_character_set(width, charset):
    rows = draw_verdict(FAILED, width, charset)
    assert {cells(row) for row in rows} == {width}
    assert charset.unicode or all(row.isascii() for row in plain(rows))
