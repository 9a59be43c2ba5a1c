from pathlib import Path

import pytest

from lessons.catalog import lessons_by_id
from lessons.questions.bank import QuestionUnreadable, questions_of, read_questions
from lessons.questions.choose_all import ChooseAllQuestion
from lessons.questions.numeric import NumericQuestion

NUMERIC = """
schema = 1
[[question]]
id = "cnn/pooling/left"
when = "after"
kind = "numeric"
text = "What share of {H}x{W} is left after {k}x{k} pooling?"
answer = "1 / k**2"
tolerance = 1e-6
explain = "One of {k}x{k}: {answer}."
[question.variables]
k = [2, 4]
H = { from = 16, to = 64, step = 16 }
W = { expression = "2 * H" }
[[question.wrong]]
answer = "1 / k"
misconception = "You counted one axis of {k}."
"""
OPTION = '[[question.option]]\ntext = "statement {n} of {k}"\nholds = {holds}\nwhy = "because"\n'
CHOICE = """
schema = 1
[[question]]
id = "cnn/pooling/holds"
when = "after"
kind = "choose_all"
text = "Choose all that hold."
explain = "Those."
[question.variables]
k = [2]
""" + "".join(OPTION.replace("{n}", str(n)).replace("{holds}", str(n < 3).lower()) for n in range(6))


@pytest.fixture
def write(tmp_path):
    def write(text: str) -> Path:
        file = tmp_path / "cnn" / "pooling.questions.toml"
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_a_numeric_question_is_read_with_its_variables_and_misconceptions(write):
    (question,) = read_questions(write(NUMERIC))
    assert isinstance(question, NumericQuestion)
    variant = question.variant(0)
    assert variant.values["W"] == 2 * variant.values["H"]
    assert variant.text == f"What share of {variant.values['H']}x{variant.values['W']} is left after " + (
        f"{variant.values['k']}x{variant.values['k']} pooling?"
    )
    assert variant.answer == 1 / variant.values["k"] ** 2
    assert variant.wrong == ((1 / variant.values["k"], f"You counted one axis of {variant.values['k']}."),)


def test_a_choice_is_read_with_its_pool(write):
    (question,) = read_questions(write(CHOICE))
    assert isinstance(question, ChooseAllQuestion)
    assert [option.holds for option in question.options] == [True] * 3 + [False] * 3
    assert {option.text for option in question.variant(0).options} == {f"statement {n} of 2" for n in range(6)}


@pytest.mark.parametrize(
    ("of", "replaced", "by", "place", "field"),
    [
        (NUMERIC, "schema = 1", "schema = 2", "pooling.questions.toml", "schema"),
        (NUMERIC, "schema = 1", "", "pooling.questions.toml", "schema"),
        (NUMERIC, 'id = "cnn/pooling/left"', "", "question 1", "id"),
        (NUMERIC, "cnn/pooling/left", "left", "question 1", "id"),
        (NUMERIC, '"after"', '"later"', "cnn/pooling/left", "when"),
        (NUMERIC, '"numeric"', '"essay"', "cnn/pooling/left", "kind"),
        (NUMERIC, 'text = "What', 'txt = "What', "cnn/pooling/left", "txt"),
        (NUMERIC, "tolerance = 1e-6", "tolerance = -1", "cnn/pooling/left", "tolerance"),
        (NUMERIC, "tolerance = 1e-6", "tolerance = true", "cnn/pooling/left", "tolerance"),
        (NUMERIC, '"1 / k**2"', '"1 / q**2"', "cnn/pooling/left", "answer"),
        (NUMERIC, '"1 / k"', '"1 / q"', "cnn/pooling/left", "wrong 1"),
        (NUMERIC, "{k}x{k} pooling", "{q}x{k} pooling", "cnn/pooling/left", "text"),
        (NUMERIC, "What share of {H}", "{answer} of {H}", "cnn/pooling/left", "text"),
        (NUMERIC, "You counted one axis of {k}", "It is {answer}", "cnn/pooling/left", "wrong 1"),
        (NUMERIC, '"2 * H"', '"2 * V"', "cnn/pooling/left, variables", "W"),
        (NUMERIC, "k = [2, 4]", "k = []", "cnn/pooling/left, variables", "k"),
        (NUMERIC, "k = [2, 4]", 'k = ["2"]', "cnn/pooling/left, variables", "k"),
        (NUMERIC, "k = [2, 4]", "sqrt = [2, 4]", "cnn/pooling/left, variables", "sqrt"),
        (NUMERIC, "step = 16", "step = 0", "cnn/pooling/left, variables", "H"),
        (NUMERIC, "step = 16", "stride = 16", "cnn/pooling/left, variables", "H"),
        (NUMERIC, 'misconception = "You counted one axis of {k}."', "", "cnn/pooling/left, wrong 1", "misconception"),
        (CHOICE, "holds = true", "holds = 1", "cnn/pooling/holds, option 1", "holds"),
        (CHOICE, 'why = "because"', 'why = ""', "cnn/pooling/holds, option 1", "why"),
        (CHOICE, 'explain = "Those."', 'explain = "Those."\nshown = 7', "cnn/pooling/holds", "option"),
        (CHOICE, 'explain = "Those."', 'explain = "Those."\nshown = 5', "cnn/pooling/holds", "shown"),
        (CHOICE, "holds = false", "holds = true", "cnn/pooling/holds", "option"),
        (CHOICE, "statement 0 of {k}", "statement 0 of {q}", "cnn/pooling/holds", "option 1"),
    ],
)
def test_what_cannot_be_used_is_told_by_file_question_and_field(write, of, replaced, by, place, field):
    assert replaced in of
    changed = of.replace(replaced, by) if by == "holds = true" else of.replace(replaced, by, 1)
    with pytest.raises(QuestionUnreadable) as told:
        read_questions(write(changed))
    assert told.value.place.startswith("cnn/pooling.questions.toml")
    assert place in told.value.place
    assert f"The field {field} " in told.value.thing
    assert told.value.next_step


def test_a_file_that_is_no_toml_says_at_which_line(write):
    with pytest.raises(QuestionUnreadable, match="line 2"):
        read_questions(write("schema = 1\nquestion =\nx = 1"))


def test_two_questions_of_one_name_are_refused(write):
    twice = NUMERIC + NUMERIC.replace("schema = 1", "")
    with pytest.raises(QuestionUnreadable, match="Two questions are called cnn/pooling/left"):
        read_questions(write(twice))


def test_the_lesson_on_convolution_has_one_question_before_and_three_after():
    questions = questions_of(lessons_by_id()["cnn/convolution"])
    assert [question.when for question in questions] == ["before", "after", "after", "after"]
