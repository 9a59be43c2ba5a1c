import pytest

from lessons.catalog import Lesson
from lessons.questions.linting import lint_bank

LESSON = Lesson("cnn/pooling", "Pooling", "cnn/pooling.md", None, None)
NUMBER = """
[[question]]
id = "cnn/pooling/{name}"
when = "{when}"
kind = "numeric"
text = "{k}: what is left of {H}?"
answer = "H / k"
tolerance = 1e-6
explain = "It is {answer}."
[question.variables]
k = [2, 3, 4]
H = { from = 16, to = 64, step = 16 }
[[question.wrong]]
answer = "H"
misconception = "Nothing was pooled."
[[question.wrong]]
answer = "H * k"
misconception = "That is larger."
"""
OPTION = '[[question.option]]\ntext = "s{n}"\nholds = {holds}\nwhy = "because"\n'
CHOICE = (
    '[[question]]\nid = "cnn/pooling/holds"\nwhen = "after"\nkind = "choose_all"\n'
    'text = "Choose."\nexplain = "Those."\n'
) + "".join(OPTION.replace("{n}", str(n)).replace("{holds}", str(n < 3).lower()) for n in range(6))


def number(name: str, when: str = "after") -> str:
    return NUMBER.replace("{name}", name).replace("{when}", when)


GOOD = "schema = 1\n" + number("opening", "before") + number("one") + number("two") + CHOICE


@pytest.fixture
def linted(tmp_path):
    """The problems of a bank whose one file holds this, or is not there."""

    def lint(questions: str | None, text: str = "# Pooling\n\n<!-- questions -->\n"):
        (tmp_path / "cnn").mkdir()
        (tmp_path / "cnn/pooling.md").write_text(text)
        if questions is not None:
            (tmp_path / "cnn/pooling.questions.toml").write_text(questions)
        return lint_bank([LESSON], tmp_path)

    return lint


def test_every_question_of_the_course_holds_on_two_hundred_seeds():
    report = lint_bank()
    assert report.problems == ()
    assert report.questions >= 4
    assert report.variants == 200 * report.questions


def test_a_sound_bank_has_no_problems(linted):
    report = linted(GOOD)
    assert (report.questions, report.variants, report.problems) == (4, 800, ())


@pytest.mark.parametrize(
    ("replaced", "by", "words", "next_step"),
    [
        ("cnn/pooling/one", "cnn/convolution/one", "is not a question of cnn/pooling", "call it cnn/pooling/one"),
        ('when = "before"', 'when = "after"', '0 questions with when = "before"', "write one"),
        ('when = "before"', 'when = "after"', '4 questions with when = "after"', "write 3"),
        ("k = [2, 3, 4]", "k = [0, 1]", "divides by zero at column 1: H / k", "mend the expression"),
        ("k = [2, 3, 4]", "k = [1, 2]", "wrong 1 is the right answer in", "draw other numbers"),
        ("k = [2, 3, 4]", "k = [1, 2]", "wrong 1 and wrong 2 are the same number in", "leave one of the two"),
        ('"Nothing was pooled."', '"' + "Nothing. " * 40 + '"', "its misconception has 359 characters", "say it in"),
        ('"Nothing was pooled."', '"It is {H}{H}{H}. ' + "Nothing. " * 28 + '"', "its misconception has 26", "say it"),
        ('text = "s1"', 'text = "' + "so " * 60 + '"', "its option has 179 characters", "say it in 130"),
        ("tolerance = 1e-6", "tolerance = 0", "as it is shown counts as wrong", "set a larger tolerance"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(linted, replaced, by, words, next_step):
    assert replaced in GOOD
    problems = [str(problem) for problem in linted(GOOD.replace(replaced, by)).problems]
    assert any(words in problem and next_step in problem for problem in problems), problems
    assert all(problem.startswith("cnn/pooling.questions.toml") for problem in problems)


def test_a_question_after_the_lesson_changes_its_text_and_knows_wrong_answers(linted):
    plain = (
        number("one").partition("[question.variables]")[0].replace("{k}", "2").replace("{H}", "8").replace("H / k", "4")
    )
    problems = [
        str(problem)
        for problem in linted("schema = 1" + number("b", "before") + plain + number("two") + CHOICE).problems
    ]
    assert any("it has 1 variants" in problem for problem in problems)
    assert any("knows 0 wrong answers" in problem for problem in problems)


def test_two_numeric_and_a_choice_are_asked_for(linted):
    told = [
        str(p) for p in linted("schema = 1" + number("b", "before") + number("1") + number("2") + number("3")).problems
    ]
    assert told == [
        "cnn/pooling.questions.toml: after the lesson it asks 3 numeric and 0 choose_all questions: "
        "write at least 2 and 1"
    ]


def test_a_file_that_cannot_be_read_is_a_problem_and_no_crash(linted):
    (problem,) = linted(GOOD.replace("holds = true", "holds = 1", 1)).problems
    assert str(problem) == (
        "cnn/pooling.questions.toml, cnn/pooling/holds, option 1: The field holds is neither true nor false: "
        "write holds = true or holds = false"
    )


def test_a_missing_file_is_an_error_once_the_lesson_asks_for_it(linted):
    (problem,) = linted(None).problems
    assert "the lesson asks for it by <!-- questions -->" in str(problem)


def test_a_lesson_without_the_mark_may_have_no_questions_yet(linted):
    assert linted(None, "# Pooling\n\nThe mark `<!-- questions -->` is only spoken of.\n").holds
