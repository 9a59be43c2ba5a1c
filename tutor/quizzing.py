"""A quiz as a conversation in lines: question, answer, what is said to it; also answers that come from a file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from lessons.questions.bank import Question
from lessons.questions.fresh import fresh_variant
from lessons.questions.grading import AnswerUnreadable, Grade, Variant
from tutor.answering import GIVE_UP, answer_question, give_up_question
from tutor.drawing.charset import Charset
from tutor.drawing.question import draw_explanation, draw_grade, draw_notice, draw_question, how_to_answer
from tutor.drawing.rows import FAINT, STRONG, Row, wrap
from tutor.workspace import Workspace

State = Literal["right", "wrong", "given-up", "open", "unreadable"]


@dataclass(frozen=True)
class Outcome:
    """How one question ended: with the variant and the answer that were last."""

    variant: Variant
    state: State
    grade: Grade | None = None
    gave_up: bool = False  # at any time: a right answer to a fresh variant makes it right again
    words: str = ""  # why an answer could not be read

    @property
    def is_right(self) -> bool:
        return self.state == "right"


class Talk(Protocol):
    """Both ends of the conversation."""

    width: int
    charset: Charset

    def show(self, rows: Sequence[Row]) -> None:
        """Say this."""
        ...

    def read(self, prompt: str) -> str | None:
        """What is answered; None at the end of input."""
        ...


def ask_all(
    workspace: Workspace | None, questions: Sequence[Question], seed: int, talk: Talk, note: Callable[[str], None]
) -> Iterator[Outcome]:
    """One question after another, until the input ends; those not reached are open."""
    for number, question in enumerate(questions, 1):
        head = f"Question {number} of {len(questions)}   {question.id}"
        talk.show([[(head, FAINT)]])
        outcome = _ask(workspace, question.variant(seed), talk, note)
        yield outcome
        if outcome.words == END:
            yield from (Outcome(later.variant(seed), "open") for later in questions[number:])
            return
        talk.show([[]])


END = "the input ended"


def _ask(workspace: Workspace | None, variant: Variant, talk: Talk, note: Callable[[str], None]) -> Outcome:
    """Ask until it is right or left open; who gives up is shown the answer and asked with other numbers."""
    state: State = "open"
    graded: Grade | None = None
    gave_up = False
    _show_question(variant, talk)
    while True:
        typed = talk.read("> ")
        if typed is None or not typed.strip():
            return Outcome(variant, state, graded, gave_up, END if typed is None else "")
        if typed.strip() == GIVE_UP:
            note(give_up_question(workspace, variant) or "")
            talk.show([*draw_explanation(variant, talk.width, talk.charset), []])
            talk.show([[("The same with other numbers; an empty line leaves it open.", FAINT)]])
            variant, state, graded, gave_up = fresh_variant(variant.question, variant), "given-up", None, True
            _show_question(variant, talk)
            continue
        try:
            answered = answer_question(workspace, variant, typed)
        except AnswerUnreadable as error:
            talk.show(draw_notice(str(error), talk.width, talk.charset))
            continue
        note(answered.notice or "")
        graded = answered.grade
        talk.show(draw_grade(variant, graded, talk.width, talk.charset))
        if graded.is_right:
            return Outcome(variant, "right", graded, gave_up)
        state = "wrong"


def _show_question(variant: Variant, talk: Talk) -> None:
    rows = draw_question(variant, talk.width, talk.charset)
    how = f"{how_to_answer(variant)}; ? gives up"
    talk.show([*rows, [], *wrap(how, talk.width, FAINT)])


def grade_all(
    workspace: Workspace | None, answers: Sequence[tuple[Variant, Any]], note: Callable[[str], None]
) -> Iterator[Outcome]:
    """Answers that were written beforehand, in their order."""
    for variant, answer in answers:
        if isinstance(answer, str) and answer.strip() == GIVE_UP:
            note(give_up_question(workspace, variant) or "")
            yield Outcome(variant, "given-up", gave_up=True)
            continue
        try:
            answered = answer_question(workspace, variant, answer)
        except AnswerUnreadable as error:
            yield Outcome(variant, "unreadable", words=str(error))
            continue
        note(answered.notice or "")
        yield Outcome(variant, "right" if answered.grade.is_right else "wrong", answered.grade)


def draw_outcome(outcome: Outcome, width: int, charset: Charset) -> list[Row]:
    """One answer of a file: which question, and what is said to it."""
    head: Row = [(f"{outcome.variant.id}   variant {outcome.variant.seed}", FAINT)]
    if outcome.grade:
        return [head, *draw_grade(outcome.variant, outcome.grade, width, charset)]
    if outcome.gave_up:
        return [head, *draw_explanation(outcome.variant, width, charset)]
    return [head, *draw_notice(outcome.words, width, charset)]


def draw_outcomes(outcomes: Sequence[Outcome]) -> list[Row]:
    """How many of them were right."""
    right = sum(outcome.is_right for outcome in outcomes)
    open_ = sum(outcome.state == "open" for outcome in outcomes)
    left = f", {open_} left open" if open_ else ""
    return [[(f"{right} of {len(outcomes)} right{left}.", STRONG)]]
