"""Whether an answer is right, and what is said to it. Nothing here gives the right answer away before it was given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lessons.questions.choose_all import ChooseAllVariant, ShownOption
from lessons.questions.expression import ExpressionUnreadable, Number, evaluate_typed
from lessons.questions.number_text import number_text
from lessons.questions.numeric import NumericVariant

Variant = NumericVariant | ChooseAllVariant
Given = str | tuple[int, ...]  # what a learner typed, or the numbers of the chosen options
LETTERS = "abcdefghijklmnopqrstuvwxyz"
NOT_THAT = "Not that."


class AnswerUnreadable(ValueError):
    """One sentence that says what is expected; such an answer is neither right nor wrong."""


@dataclass(frozen=True)
class Grade:
    """The verdict on one answer. `misconception` is its place in the question's `wrong`, or of a choose-all's
    first wrongly judged option in its file; None where none fits."""

    is_right: bool
    reply: tuple[str, ...]  # sentences, in the order in which they are to be said
    given: Given
    misconception: int | None = None


def grade(variant: Variant, answer: object) -> Grade:
    """Judge an answer: typed text, a number, or for a choose-all its option numbers or letters."""
    if isinstance(variant, NumericVariant):
        return _grade_number(variant, answer)
    return _grade_choice(variant, answer)


def option_letter(number: int) -> str:
    """a for the first option."""
    return LETTERS[number - 1]


def right_answer(variant: Variant) -> Given:
    """What is told when a question was given up: the number as text, or the option numbers."""
    return number_text(variant.answer) if isinstance(variant, NumericVariant) else tuple(sorted(variant.answer))


def read_choice(answer: object, count: int) -> tuple[int, ...]:
    """The chosen numbers, 1 to `count`, sorted: from "a c d", "acd", "1 3 4", [1, 3, 4] or ["a", "c"]."""
    parts = answer if isinstance(answer, Sequence) and not isinstance(answer, str) else _split(str(answer))
    numbers = [_option_number(part, count) for part in parts]
    if not numbers:
        raise AnswerUnreadable(f"Name those that hold by letters, such as {_example(count)}.")
    return tuple(sorted(set(numbers)))


def _split(text: str) -> list[str]:
    """Words; a word of letters alone is one letter after another."""
    words = [word for word in re.split(r"[\s,;]+", text.strip()) if word]
    return [part for word in words for part in (list(word) if word.isalpha() else [word])]


def _option_number(part: object, count: int) -> int:
    word = str(part).strip().lower().strip(".()")
    number = LETTERS.index(word) + 1 if len(word) == 1 and word in LETTERS else None
    if number is None and word.isascii() and word.isdigit() and len(word) < 4:
        number = int(word)
    if number is None or not 1 <= number <= count:
        last = option_letter(count)
        raise AnswerUnreadable(f'There is no option "{str(part)[:20]}": they are a to {last}, or 1 to {count}.')
    return number


def _example(count: int) -> str:
    return " ".join(option_letter(number) for number in (1, 3, 4) if number <= count)


def _grade_number(variant: NumericVariant, answer: object) -> Grade:
    given = str(answer).strip()
    value = _number(answer, given)
    if variant.same(value, variant.answer):
        return Grade(True, (variant.explain,), given)
    for index, (wrong, misconception) in enumerate(variant.wrong):
        if variant.same(value, wrong):
            return Grade(False, (misconception,), given, index)
    return Grade(False, (NOT_THAT,), given)


def _number(answer: object, given: str) -> Number:
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        given = repr(answer)
    try:
        return evaluate_typed(given)
    except ExpressionUnreadable as error:
        raise AnswerUnreadable(str(error)) from error


def _grade_choice(variant: ChooseAllVariant, answer: object) -> Grade:
    chosen = read_choice(answer, len(variant.options))
    too_much = sorted(set(chosen) - variant.answer)
    left_out = sorted(variant.answer - set(chosen))
    if not too_much and not left_out:
        return Grade(True, (variant.explain,), chosen)
    named = [*too_much[:1], *left_out[:1]]  # one of each: a list of all of them would be the answer
    reply = tuple(_judged_wrongly(number, variant.options[number - 1]) for number in named)
    return Grade(False, reply, chosen, variant.options[named[0] - 1].index)


def _judged_wrongly(number: int, option: ShownOption) -> str:
    verdict = "is left out, and holds" if option.holds else "does not hold"
    return f"{option_letter(number)} {verdict}: {option.why}"
