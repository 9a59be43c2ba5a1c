"""`quiz` from outside: a talk in a pipe, answers from a file, and how each of them ends."""

import io
import json
import os

import pytest

from lessons.catalog import lessons_by_id
from lessons.questions.bank import questions_of
from lessons.questions.grading import option_letter
from lessons.questions.numeric import NumericVariant
from progress.evidence import EvidenceStore
from tutor.answering import find_questions, next_seed

LENET = "cnn/convolution/lenet"
AFTER = find_questions("cnn/convolution")


def right_for(question_id: str, seed: int) -> str:
    """What a learner who knows it would type."""
    question = next(q for q in questions_of(lessons_by_id()["cnn/convolution"]) if q.id == question_id)
    variant = question.variant(seed)
    if isinstance(variant, NumericVariant):
        return str(variant.answer)
    return " ".join(map(option_letter, sorted(variant.answer)))


@pytest.fixture
def typing(monkeypatch):
    """What the learner types, a line each, before the input ends."""

    def type_lines(*lines: str) -> None:
        text = io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode(errors="surrogateescape")))
        monkeypatch.setattr("sys.stdin", text)

    return type_lines


@pytest.fixture
def store(workspace):
    return EvidenceStore(workspace.record_folder)


def test_all_right_ends_with_0_and_is_recorded(run_verb, typing, store):
    typing(*(right_for(question.id, 7) for question in AFTER))
    ran = run_verb("quiz", "cnn/convolution", "--seed", "7")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("Right") == 3
    assert ran.out.endswith("3 of 3 right.\n")
    assert {id: row.rights for id, row in store.answers().items()} == {question.id: 1 for question in AFTER}


def test_a_wrong_answer_hears_its_misconception_and_may_be_mended(run_verb, typing, store):
    variant = AFTER[0].variant(7)
    assert isinstance(variant, NumericVariant)
    wrong, misconception = variant.wrong[0]
    typing(str(wrong), "1 +", "12345", right_for(LENET, 7))
    ran = run_verb("quiz", "cnn/convolution", "--seed", "7")
    said = " ".join(ran.out.split())
    assert misconception in said
    assert "cannot be read as arithmetic" in said
    assert "Not that." in said
    assert "1 of 3 right, 2 left open." in said
    assert ran.code == 1
    row = store.answers()[LENET]
    assert (row.attempts, row.rights, row.last.misconception) == (3, 1, None)
    assert [event["misconception"] for event in store.journal.events()] == [0, None, None]


@pytest.mark.usefixtures("workspace")
def test_nothing_tells_the_right_number_before_it_is_right_or_given_up(run_verb, typing):
    typing("12345", "1 +")
    assert f"{AFTER[0].variant(7).answer:,}" not in run_verb("quiz", "--seed", "7").out
    typing("?")
    assert f"{AFTER[0].variant(7).answer:,}" in run_verb("quiz", "--seed", "7").out


def test_giving_up_shows_the_answer_and_asks_with_other_numbers(run_verb, typing, store):
    typing("?", right_for(LENET, 7))
    ran = run_verb("quiz", "--seed", "7")
    assert "The same with other numbers" in ran.out
    assert ran.out.count(AFTER[0].variant(7).text[-60:]) == ran.out.count(AFTER[0].variant(8).text[-60:])
    assert not store.answers()[LENET].rights  # the old number is no answer to the new variant
    typing("?", right_for(LENET, 8))
    answer = json.loads(run_verb("quiz", "cnn/convolution", "--seed", "7", "--json").out)
    assert (answer["results"][0]["state"], answer["results"][0]["seed"], answer["results"][0]["gave_up"]) == (
        "right", 8, True,
    )  # fmt: skip
    assert store.answers()[LENET].given_up == 2


@pytest.mark.usefixtures("workspace")
def test_the_end_of_input_ends_politely(run_verb, typing):
    typing()
    ran = run_verb("quiz", "cnn")
    assert ran.code == 1
    assert "Question 1 of" in ran.out
    assert "left open." in ran.out


@pytest.mark.usefixtures("workspace")
def test_bytes_that_are_no_text_and_control_characters_do_no_harm(run_verb, typing):
    typing("\udcff\x1b[2J5", "")
    ran = run_verb("quiz", "cnn/convolution")
    assert ran.code == 1
    assert "\x1b" not in ran.out


@pytest.mark.usefixtures("workspace")
def test_the_object_has_what_is_needed_to_answer_it_by_a_file(run_verb, typing, tmp_path):
    typing()
    ran = run_verb("quiz", "cnn/convolution", "--json")
    listed = json.loads(ran.out)["results"]
    assert [row["state"] for row in listed] == ["open"] * 3
    assert listed[2]["options"].keys() == set("abcdef")
    file = tmp_path / "answers.jsonl"
    lines = [{"id": row["id"], "seed": row["seed"], "answer": right_for(row["id"], row["seed"])} for row in listed]
    file.write_text("\n".join(map(json.dumps, lines)) + "\n\n")
    ran = run_verb("quiz", "--answers", file, "--json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["passed"], [row["state"] for row in answer["results"]]) == (0, True, ["right"] * 3)


def test_answers_of_a_file_are_graded_in_words_too(run_verb, workspace, tmp_path, store):
    file = tmp_path / "answers.jsonl"
    answers = [12345, "1 +", "?", [1, 2, 3, 4, 5, 6]]
    ids = [LENET, LENET, LENET, "cnn/convolution/backward"]
    rows = [{"id": id, "seed": 7, "answer": answer} for id, answer in zip(ids, answers, strict=True)]
    file.write_text("\n".join(map(json.dumps, rows)))
    ran = run_verb("quiz", "--answers", file, "--ascii", "-w", workspace.root)
    assert ran.code == 1
    assert ran.out.isascii()
    for words in ("x Not that.", "cannot be read as arithmetic", "The answer is", "does not hold: ", "0 of 4 right"):
        assert words in ran.out
    assert store.answers()[LENET].attempts == 1  # what cannot be read is no attempt


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("no json", "line 2"),
        ('{"id": "cnn/convolution/lenet", "answer": "1"}', "no answer with id, seed and answer"),
        ('{"id": "cnn/convolution/lenot", "seed": 1, "answer": "1"}', "try cnn/convolution/lenet"),
        ('{"id": "cnn/convolution/lenet", "seed": -1, "answer": "1"}', "whole number"),
        ('{"id": "cnn/convolution/lenet", "seed": true, "answer": "1"}', "whole number"),
        ("[1]", "no answer"),
    ],
)
def test_a_line_that_is_no_answer_ends_with_2_and_nothing_is_recorded(run_verb, tmp_path, store, line, words):
    file = tmp_path / "answers.jsonl"
    file.write_text(f'{{"id": "{LENET}", "seed": 7, "answer": "1"}}\n{line}\n')
    ran = run_verb("quiz", "--answers", file)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "line 2" in ran.err
    assert store.answers() == {}


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["cnn/convolutoin"], "phase3-tutor quiz cnn/convolution"),
        (["--answers", "nowhere.jsonl"], "nowhere.jsonl"),
        (["cnn", "--answers", "x"], "do not go together"),
        (["--seed", "1", "--answers", "x"], "do not go together"),
    ],
)
def test_what_cannot_be_asked_ends_with_2(run_verb, words, told):
    ran = run_verb("quiz", *words)
    assert ran.code == 2
    assert told in ran.err


def test_without_a_workspace_it_says_how_to_make_one(run_verb):
    ran = run_verb("quiz", "cnn")
    assert ran.code == 2
    assert "phase3-tutor init" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_record_that_cannot_be_written_is_told_and_the_quiz_goes_on(run_verb, typing, workspace):
    workspace.record_folder.chmod(0o500)
    typing("12345")
    ran = run_verb("quiz", "cnn/convolution")
    workspace.record_folder.chmod(0o700)
    assert "Not recorded" in ran.err
    assert "Not that." in ran.out


def test_each_quiz_brings_other_numbers_after_an_answer(run_verb, typing, workspace):
    before = next_seed(workspace)
    assert next_seed(workspace) == before
    typing("12345")
    run_verb("quiz", "cnn/convolution")
    assert next_seed(workspace) != before
