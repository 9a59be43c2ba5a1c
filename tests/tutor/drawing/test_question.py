import pytest

from lessons.catalog import curriculum
from lessons.questions.bank import questions_of
from lessons.questions.choose_all import ChooseAllQuestion, Option
from lessons.questions.grading import grade, right_answer
from lessons.questions.numeric import NumericQuestion, Wrong
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.question import draw_comparison, draw_explanation, draw_grade, draw_option, draw_question
from tutor.drawing.rows import cells, plain

NUMBER = NumericQuestion(
    "a/b/c", "after", "What is 2*3*4 with `a*b` and _x_ [i]?\n\n    y = a * b", "24", "It is 24.", "weights",
    wrong=(Wrong("9", "You added."),),
)  # fmt: skip
CHOICE = ChooseAllQuestion(
    "a/b/d", "after", "Choose.", "Those.", tuple(Option(f"statement {n}", n < 3, f"why {n}") for n in range(6))
)
BANK = [question for lesson in curriculum().lessons for question in questions_of(lesson)]


def test_arithmetic_is_shown_as_it_is_written():
    assert plain(draw_question(NUMBER.variant(0), 60)) == [
        "What is 2*3*4 with a*b and _x_ [i]?",
        "",
        "    y = a * b",
    ]


def test_options_stand_behind_letters_and_boxes_are_ticked():
    variant = CHOICE.variant(0)
    rows = plain(draw_question(variant, 60))
    assert [row[:3] for row in rows[2:]] == ["a  ", "b  ", "c  ", "d  ", "e  ", "f  "]
    assert plain(draw_option(variant, 2, 60, chosen=True)) == [f"[x] b  {variant.options[1].text}"]
    assert plain(draw_option(variant, 2, 60, chosen=False)) == [f"[ ] b  {variant.options[1].text}"]


def test_a_verdict_is_told_by_a_sign_too():
    variant = NUMBER.variant(0)
    assert plain(draw_grade(variant, grade(variant, "24"), 60)) == ["✓ Right: 24 weights.", "It is 24."]
    assert plain(draw_grade(variant, grade(variant, "9"), 60, ASCII)) == ["x You added."]


def test_the_answer_is_told_with_its_unit_and_nothing_is_called_wrong_in_a_comparison():
    variant = NUMBER.variant(0)
    assert plain(draw_explanation(variant, 60)) == ["→ The answer is 24 weights.", "It is 24."]
    assert plain(draw_comparison(variant, "3^3", 60)) == ["You said: 3^3 weights", "It is: 24 weights", "", "It is 24."]


def test_the_options_that_hold_are_told_by_their_letters():
    variant = CHOICE.variant(0)
    letters = ["abcdef"[int(number) - 1] for number in right_answer(variant)]
    assert plain(draw_explanation(variant, 60)) == [f"→ Those that hold: {', '.join(letters)}.", "Those."]


def test_a_comparison_says_what_the_answer_took_for_true():
    rows = plain(draw_comparison(NUMBER.variant(0), "9", 60))
    assert rows == ["You said: 9 weights", "It is: 24 weights", "", "You added.", "", "It is 24."]


def test_a_comparison_outlives_an_answer_that_cannot_be_read_any_more():
    assert plain(draw_comparison(NUMBER.variant(0), "a b", 60))[-1] == "It is 24."


@pytest.mark.parametrize("question", BANK, ids=lambda question: question.id)
@pytest.mark.parametrize("width", [57, 76])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_every_question_of_the_bank_fits_its_width(question, width, charset):
    for seed in range(5):
        variant = question.variant(seed)
        right = grade(variant, right_answer(variant))
        wrong = grade(variant, "a b" if isinstance(variant.question, ChooseAllQuestion) else "12345")
        rows = [
            *draw_question(variant, width, charset),
            *draw_grade(variant, right, width, charset),
            *draw_grade(variant, wrong, width, charset),
            *draw_explanation(variant, width, charset),
            *draw_comparison(variant, right_answer(variant), width, charset),
        ]
        assert max(map(cells, rows)) <= width
        assert charset.unicode or "".join(plain(rows)).isascii()
