"""A question, what is said to an answer, and the answer that was right: rows for a screen and for a shell."""

import re
from collections.abc import Sequence

from lessons.questions.choose_all import ChooseAllVariant
from lessons.questions.grading import AnswerUnreadable, Given, Grade, Variant, grade, option_letter, right_answer
from lessons.questions.number_text import number_text
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.page import draw_page
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, GOOD, STRONG, WARN, Row, wrap

HOW_TO_TYPE = "a number or an expression, such as 2*9*64^2 or sqrt(2/27)"
HOW_TO_CHOOSE = "letters of all that hold, such as a c d"


def draw_question(variant: Variant, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The question, and for a choose-all its options below it: everything that is asked."""
    rows = draw_question_text(variant, width, charset)
    if isinstance(variant, ChooseAllVariant):
        rows.append([])
        for number in range(1, len(variant.options) + 1):
            rows += draw_option(variant, number, width, charset)
    return rows


def draw_question_text(variant: Variant, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The words of the question; `code` and indented equations are set as in a lesson."""
    return draw_page(_as_markdown(variant.text), width, charset)


def draw_option(
    variant: ChooseAllVariant, number: int, width: int, charset: Charset = UNICODE, chosen: bool | None = None
) -> list[Row]:
    """One option behind its letter; with a box that is ticked or not where `chosen` says so."""
    box = "" if chosen is None else "[x] " if chosen else "[ ] "
    first = f"{box}{option_letter(number)}  "
    text = charset.translate(variant.options[number - 1].text)
    return wrap(text, width, STRONG if chosen else "", " " * len(first), first)


def draw_grade(variant: Variant, grade: Grade, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The verdict and what belongs to it: the explanation, or why not, and never the right answer."""
    if grade.is_right:
        return [
            *_sentence(f"{charset.passed} ", GOOD, _right_words(variant), width, charset),
            *_said(grade.reply, width, charset),
        ]
    first, *more = grade.reply
    rows = _sentence(f"{charset.failed} ", BAD, first, width, charset)
    return [*rows, *(row for words in more for row in _sentence("  ", BAD, words, width, charset))]


def draw_explanation(variant: Variant, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The right answer and why, for a question that was given up."""
    what = "Those that hold:" if isinstance(variant, ChooseAllVariant) else "The answer is"
    words = f"{what} {_answer_words(variant, right_answer(variant))}."
    return [*_sentence(f"{charset.arrow} ", WARN, words, width, charset), *_said([variant.explain], width, charset)]


def draw_comparison(variant: Variant, given: Given, width: int, charset: Charset = UNICODE) -> list[Row]:
    """What was answered before the lesson beside what is right, and what it took for true where that is known."""
    rows = [
        *wrap(charset.translate(f"You said: {_answer_words(variant, given)}"), width),
        *wrap(charset.translate(f"It is: {_answer_words(variant, right_answer(variant))}"), width, STRONG),
    ]
    return [*rows, [], *_said([*_misconception(variant, given), variant.explain], width, charset)]


def how_to_answer(variant: Variant) -> str:
    """What may be typed, in a few words."""
    return HOW_TO_CHOOSE if isinstance(variant, ChooseAllVariant) else HOW_TO_TYPE


def draw_notice(words: str, width: int, charset: Charset = UNICODE) -> list[Row]:
    """A sentence about what was typed that is no verdict on it."""
    return wrap(charset.translate(printable_line(words)), width, WARN)


def _misconception(variant: Variant, given: Given) -> Sequence[str]:
    try:
        verdict = grade(variant, given)
    except AnswerUnreadable:  # it was readable to another version of the question
        return ()
    return verdict.reply if verdict.misconception is not None else ()


def _right_words(variant: Variant) -> str:
    return (
        "Right." if isinstance(variant, ChooseAllVariant) else f"Right: {number_text(variant.answer)}{_unit(variant)}."
    )


def _answer_words(variant: Variant, given: Given) -> str:
    if isinstance(given, str):
        return printable_line(given) + _unit(variant)
    return ", ".join(map(option_letter, given))


def _unit(variant: Variant) -> str:
    return f" {variant.unit}" if variant.unit else ""


def _sentence(mark: str, style: str, words: str, width: int, charset: Charset) -> list[Row]:
    rows = wrap(charset.translate(words), width, "", " " * len(mark), mark)
    text, _ = rows[0][0]
    return [[(mark, style), (text[len(mark) :], "")], *rows[1:]]


def _said(texts: Sequence[str], width: int, charset: Charset) -> list[Row]:
    return draw_page("\n\n".join(map(_as_markdown, texts)), width, charset)


def _as_markdown(text: str) -> str:
    """Only code in backticks and indented equations are set off: a * or _ in arithmetic is itself."""
    return "\n".join(line if line.startswith("    ") else _escaped(line) for line in text.split("\n"))


def _escaped(line: str) -> str:
    parts = line.split("`")
    if len(parts) % 2 == 0:  # a lone backtick opens nothing
        return re.sub(r"([\\`*_<>\[\]#])", r"\\\1", line)
    return "`".join(
        part if place % 2 else re.sub(r"([\\*_<>\[\]#&])", r"\\\1", part) for place, part in enumerate(parts)
    )
