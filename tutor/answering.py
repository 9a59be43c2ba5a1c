"""An answer to a question of the bank: graded, recorded, and found again. Nothing is kept of what cannot be read."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from lessons.catalog import Lesson, curriculum, lessons_by_id
from lessons.questions.bank import Question, questions_asked, questions_of
from lessons.questions.fresh import HIGHEST_SEED
from lessons.questions.grading import Given, Grade, Variant, grade
from progress.evidence import Answer, EvidenceStore
from progress.record_errors import RecordError
from tutor.recording import record_answers
from tutor.refusals import Refusal
from tutor.workspace import Workspace

GIVE_UP = "?"


@dataclass(frozen=True)
class Answered:
    """The verdict on one answer, and a sentence where it could not be recorded."""

    variant: Variant
    grade: Grade
    notice: str | None = None


def answer_question(workspace: Workspace | None, variant: Variant, answer: object) -> Answered:
    """Grade it and record it; AnswerUnreadable where it is no answer. Without a workspace nothing is recorded."""
    verdict = grade(variant, answer)
    row = Answer(
        variant.id, variant.seed, verdict.given, verdict.is_right, misconception=verdict.misconception,
        content_version=curriculum().content_version,
    )  # fmt: skip
    return Answered(variant, verdict, record_answers(workspace, [row]) if workspace else None)


def give_up_question(workspace: Workspace | None, variant: Variant) -> str | None:
    """Note that the answer was asked for; a sentence where it was not recorded."""
    row = Answer(variant.id, variant.seed, "", False, gave_up=True, content_version=curriculum().content_version)
    return record_answers(workspace, [row]) if workspace else None


def last_answer(workspace: Workspace, question: Question) -> tuple[Variant, Given] | None:
    """What was last answered to a question, with the numbers that it had then; None if nothing was."""
    try:
        evidence = EvidenceStore(workspace.record_folder).answers().get(question.id)
    except RecordError:
        return None
    if evidence is None or evidence.last.gave_up:
        return None
    return question.variant(evidence.last.seed), evidence.last.answer


def next_seed(workspace: Workspace | None) -> int:
    """The seed of the next quiz: another one after each answer, and for each workspace."""
    if workspace is None:
        return 0
    store = EvidenceStore(workspace.record_folder)
    try:
        answered = sum(evidence.attempts + evidence.given_up for evidence in store.answers().values())
        return zlib.crc32(f"{store.known_workspace_id()}/{answered}".encode()) & HIGHEST_SEED
    except RecordError:
        return 0


def find_questions(target: str | None, when: str = "after") -> tuple[Question, ...]:
    """Those of a lesson, of a unit, or of the whole course."""
    return tuple(question for lesson in _lessons(target) for question in questions_asked(questions_of(lesson), when))


def find_question(question_id: str) -> Question:
    """One question by its id."""
    lesson = lessons_by_id().get("/".join(question_id.split("/")[:2]))
    found = {question.id: question for question in questions_of(lesson)} if lesson else {}
    if question_id in found:
        return found[question_id]
    known = [question.id for lesson in curriculum().lessons for question in questions_of(lesson)]
    closest = get_close_matches(question_id, known, n=1, cutoff=0.0)[0]
    raise Refusal(f'No question is called "{question_id}".', "the course", f"try {closest}")


def _lessons(target: str | None) -> Sequence[Lesson]:
    units = {unit.id: unit.lessons for unit in curriculum().units}
    if target is None:
        return curriculum().lessons
    if target in units:
        return units[target]
    if target in lessons_by_id():
        return [lessons_by_id()[target]]
    closest = get_close_matches(target, [*units, *lessons_by_id()], n=1, cutoff=0.0)[0]
    raise Refusal(f'No lesson or unit is called "{target}".', "the course", f"try: phase3-tutor quiz {closest}")
