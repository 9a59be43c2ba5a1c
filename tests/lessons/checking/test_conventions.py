"""Whoever declares a convention is judged by it, and told where code and declaration disagree."""

from pathlib import Path

import pytest

from lessons.catalog import exercises_by_id
from lessons.checking.assignment import Assignment
from lessons.checking.conventions import NotDeclared, apart, declared_in, first_of_each, others
from lessons.checking.examiner import Examiner, judged
from lessons.checking.verdict import Verdict
from lessons.fingerprint import fingerprint

CELL, GRU, CONV = (exercises_by_id()[name] for name in ("rnn/lstm_cell", "rnn/gru_cell", "cnn/conv2d"))
IFOG = (("gate_order", "ifog"),)
WRITTEN_IN_IFOG = """
CONVENTIONS = {"gate_order": "ifog"}


def lstm_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    i, f, o, g = (x @ w_ih.T + b_ih + h @ w_hh.T + b_hh).chunk(4, dim=1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c
"""


def verdict_on(examiner: Examiner, root: Path, source: str) -> Verdict:
    (root / "rnn").mkdir(exist_ok=True)
    (root / CELL.file).write_text(source)
    return examiner.examine(CELL, root)


@pytest.mark.parametrize(
    "source",
    [
        'CONVENTIONS = {"gate_order": "ifog"}', 'CONVENTIONS: dict[str, str] = {"gate_order": "ifog"}',
        'CONVENTIONS = {"gate_order": "ifgo"}\nCONVENTIONS = {"gate_order": "ifog"}  # the last one counts',
    ],
)  # fmt: skip
def test_the_constant_is_read_as_text(source: str):
    assert declared_in(CELL, source) == IFOG


def test_an_exercise_without_conventions_asks_for_no_declaration():
    assert declared_in(CONV, "") == ()
    assert CONV.judged_names == ("conv2d",)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", 'add at its top level, as it stands: CONVENTIONS = {"gate_order": "ifgo"}'),
        ("CONVENTIONS = make()", "declares no CONVENTIONS"),
        (
            'CONVENTIONS = {"order": "ifgo"}',
            'other names than the exercise\'s; write CONVENTIONS = {"gate_order": "ifgo"}',
        ),
        ('CONVENTIONS = {"gate_order": "ifgx"}', 'is \'ifgx\'; it can be one of "ifgo", "ifog"'),
        ('CONVENTIONS = {"gate_order": ["i", "f"]}', "is ['i', 'f']; it can be one of"),
    ],
)
def test_what_cannot_be_taken_is_told_with_what_to_write(source: str, words: str):
    with pytest.raises(NotDeclared) as told:
        declared_in(CELL, source)
    assert words in str(told.value)


def test_a_file_that_is_no_python_is_left_to_whoever_loads_it():
    assert declared_in(CELL, "def lstm_cell(:") == first_of_each(CELL)


def test_what_else_could_be_declared_begins_with_what_differs_in_one_name():
    assert len(list(others(CELL, IFOG))) == 23
    *near, last = others(GRU, first_of_each(GRU))
    assert [apart(first_of_each(GRU), each)[1] for each in near] == ['reset "before"', 'update "chung"']
    assert apart(first_of_each(GRU), last) == ('update "cho" and reset "after"', 'update "chung" and reset "before"')


def test_code_is_right_by_the_order_that_it_declares(examiner: Examiner, tmp_path: Path):
    assert verdict_on(examiner, tmp_path, WRITTEN_IN_IFOG).status == "passed"


def test_a_declaration_that_disagrees_with_the_code_is_named(examiner: Examiner, tmp_path: Path):
    verdict = verdict_on(examiner, tmp_path, WRITTEN_IN_IFOG.replace('"ifog"', '"gifo"'))
    assert (verdict.status, verdict.mistake) == ("failed", "declaration-disagrees")
    assert verdict.message == (
        'CONVENTIONS says gate_order "gifo", but the code is right for gate_order "ifog": change one of the two.'
    )


def test_a_known_mistake_is_known_in_every_order(examiner: Examiner, tmp_path: Path):
    verdict = verdict_on(examiner, tmp_path, WRITTEN_IN_IFOG.replace("c.tanh()", "c"))
    assert verdict.mistake == "no-tanh-of-c"


def test_without_a_declaration_there_is_nothing_to_judge_by(examiner: Examiner, tmp_path: Path):
    verdict = verdict_on(examiner, tmp_path, WRITTEN_IN_IFOG.replace("CONVENTIONS", "ORDER"))
    assert verdict.status == "error"
    assert verdict.message.startswith("rnn/lstm_cell.py: the file declares no CONVENTIONS")


def test_a_syntax_error_is_still_told_as_one(examiner: Examiner, tmp_path: Path):
    verdict = verdict_on(examiner, tmp_path, WRITTEN_IN_IFOG.replace("(x, h,", "((x, h,"))
    assert verdict.status == "error"
    assert "SyntaxError" in verdict.message


def test_another_declaration_is_other_code_to_the_record(tmp_path: Path):
    (tmp_path / "rnn").mkdir()
    found = []
    for order in ("ifog", "gifo"):
        (tmp_path / CELL.file).write_text(WRITTEN_IN_IFOG.replace("ifog", order))
        found.append(fingerprint(tmp_path, CELL.file, *CELL.judged_names))
    assert None not in found
    assert found[0] != found[1]


@pytest.mark.parametrize(
    ("exercise", "values"), [(CELL, ("ogfi",)), (GRU, ("chung", "after")), (GRU, ("chung", "before"))]
)
def test_every_mistake_is_named_by_another_declaration_too(exercise, values: tuple[str, ...], tmp_path: Path):
    assignment = Assignment(exercise, tuple(zip(exercise.conventions, values, strict=True)))
    cases = assignment.cases(seed=1)
    expected = assignment.expected(cases)
    for mistake in assignment.mistakes:
        verdict, _ = judged(assignment, tmp_path, cases, expected, assignment.seen_of_known(mistake, cases))
        assert verdict.mistake == mistake.id
