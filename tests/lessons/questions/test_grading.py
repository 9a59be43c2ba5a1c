import pytest

from lessons.questions.choose_all import ChooseAllQuestion, Option
from lessons.questions.grading import AnswerUnreadable, grade, read_choice, right_answer
from lessons.questions.numeric import NumericQuestion, Wrong
from lessons.questions.variables import Drawn

SHARE = NumericQuestion(
    "cnn/pooling/left", "after", "k = {k}", "1 / k**2", "One of {k}x{k}: {answer}.", tolerance=1e-6,
    variables={"k": Drawn((3,))}, wrong=(Wrong("1 / k", "You counted one axis."), Wrong("k**2", "Upside down.")),
)  # fmt: skip
COUNT = NumericQuestion("cnn/pooling/count", "after", "?", "50348032", "{answer}")
POOL = tuple(Option(f"s{n}", n < 3, f"why {n}") for n in range(6))
HOLDS = ChooseAllQuestion("cnn/pooling/holds", "after", "Choose.", "Those three.", POOL)


def letters(*indices: int) -> str:
    """The letters under which these options of the pool are shown in variant 0."""
    shown = [option.index for option in HOLDS.variant(0).options]
    return " ".join("abcdef"[shown.index(index)] for index in indices)


@pytest.mark.parametrize("answer", ["1/9", "0.1111111", "3^-2", 1 / 9, " 1 / 3**2 "])
def test_a_right_number_is_right_however_it_is_written(answer):
    verdict = grade(SHARE.variant(0), answer)
    assert verdict.is_right
    assert verdict.reply == ("One of 3x3: 0.1111111.",)


def test_a_number_beyond_the_tolerance_is_wrong():
    assert not grade(SHARE.variant(0), "0.1111").is_right
    assert not grade(COUNT.variant(0), "50348033").is_right
    assert grade(COUNT.variant(0), "50,348,032.0").is_right
    assert not grade(COUNT.variant(0), "50348032.001").is_right


def test_a_known_wrong_number_is_answered_with_its_misconception():
    verdict = grade(SHARE.variant(0), "1/3")
    assert (verdict.is_right, verdict.reply, verdict.misconception) == (False, ("You counted one axis.",), 0)
    assert grade(SHARE.variant(0), "9").misconception == 1


def test_any_other_wrong_number_hears_nothing_of_the_right_one():
    verdict = grade(SHARE.variant(0), "0.5")
    assert (verdict.reply, verdict.misconception, verdict.given) == (("Not that.",), None, "0.5")


def test_where_a_wrong_answer_coincides_with_the_right_one_it_is_right():
    same = NumericQuestion("a/b/c", "after", "?", "k**2", "!", variables={"k": Drawn((1,))}, wrong=(Wrong("k", "no"),))
    assert grade(same.variant(0), "1").is_right


@pytest.mark.parametrize("answer", ["", "nine", "2*(", None, True, [1, 2]])
def test_what_is_no_number_is_neither_right_nor_wrong(answer):
    with pytest.raises(AnswerUnreadable):
        grade(SHARE.variant(0), answer)


def test_a_choice_is_right_only_if_all_are_judged_rightly():
    variant = HOLDS.variant(0)
    assert grade(variant, letters(0, 1, 2)).is_right
    assert grade(variant, letters(2, 0, 1).replace(" ", "")).reply == ("Those three.",)
    assert not grade(variant, letters(0, 1)).is_right
    assert not grade(variant, "abcdef").is_right


def test_one_of_each_kind_of_misjudged_options_is_explained_and_no_more():
    verdict = grade(HOLDS.variant(0), letters(3, 4, 5))
    assert len(verdict.reply) == 2
    wrong, left = verdict.reply
    assert "does not hold: why" in wrong
    assert "is left out, and holds: why" in left
    assert verdict.misconception in (3, 4, 5)
    assert grade(HOLDS.variant(0), letters(0, 1)).misconception == 2


@pytest.mark.parametrize(
    "answer", ["a c d", "acd", "A, C, D", "1 3 4", "1,3,4", [1, 3, 4], ["a", "c", "d"], "a) c) d)"]
)
def test_options_are_chosen_by_letters_or_numbers(answer):
    assert read_choice(answer, 6) == (1, 3, 4)


@pytest.mark.parametrize("answer", ["", "g", "0", "7", "a x", "a-c", [0], [None], "1 3 99999999999999999999"])
def test_an_option_that_is_not_there_is_told(answer):
    with pytest.raises(AnswerUnreadable, match=r"a to f|by letters"):
        read_choice(answer, 6)


def test_the_right_answer_is_there_for_who_gives_up():
    assert right_answer(COUNT.variant(0)) == "50,348,032"
    assert right_answer(HOLDS.variant(0)) == read_choice(letters(0, 1, 2), 6)
