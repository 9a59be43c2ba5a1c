"""Answers to questions as JSON lines, and what a quiz prints as one JSON object."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lessons.questions.choose_all import ChooseAllVariant
from lessons.questions.expression import ExpressionUnreadable
from lessons.questions.fresh import HIGHEST_SEED
from lessons.questions.grading import Variant, option_letter
from tutor.answering import find_question
from tutor.quizzing import Outcome
from tutor.refusals import Refusal
from tutor.workspace import Workspace

SCHEMA = 1
EXAMPLE = '{"id": "cnn/convolution/lenet", "seed": 7, "answer": "156*784"}'


def read_answers(file: Path) -> list[tuple[Variant, Any]]:
    """Every line of the file (of stdin where it is "-"), or a refusal that names the first line that is none."""
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        words = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Refusal(f"The answers cannot be read: {words}.", str(file), "name a file of JSON lines") from error
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise Refusal("There are no answers in it.", str(file), f"write lines such as {EXAMPLE}")
    return [_answer(line, f"{file}, line {number}") for number, line in lines]


def _answer(line: str, place: str) -> tuple[Variant, Any]:
    try:
        row = json.loads(line)
        question_id, seed, answer = row["id"], row["seed"], row["answer"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refusal(
            "This is no answer with id, seed and answer.", place, f"write a line such as {EXAMPLE}"
        ) from error
    if not isinstance(question_id, str) or type(seed) is not int or not 0 <= seed <= HIGHEST_SEED:
        thing = f"An id is a text and a seed a whole number from 0 to {HIGHEST_SEED}."
        raise Refusal(thing, place, f"write a line such as {EXAMPLE}")
    try:
        return find_question(question_id).variant(seed), answer
    except Refusal as refusal:
        raise Refusal(refusal.thing, place, refusal.next_step) from refusal
    except ExpressionUnreadable as error:
        raise Refusal(f"{question_id} has no variant {seed}: {error}", place, "take another seed") from error


def quiz_object(workspace: Workspace | None, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """What `quiz --json` prints; an open question has what is needed to answer it with --answers."""
    return {
        "schema": SCHEMA,
        "workspace": str(workspace.root) if workspace else None,
        "passed": all(outcome.is_right for outcome in outcomes),
        "results": [_result(outcome) for outcome in outcomes],
    }


def _result(outcome: Outcome) -> dict[str, Any]:
    variant, grade = outcome.variant, outcome.grade
    options = variant.options if isinstance(variant, ChooseAllVariant) else ()
    given = None if grade is None else grade.given if isinstance(grade.given, str) else list(grade.given)
    return {
        "id": variant.id,
        "kind": variant.kind,
        "seed": variant.seed,
        "text": variant.text,
        "unit": variant.unit,
        "options": {option_letter(number): option.text for number, option in enumerate(options, 1)},
        "state": outcome.state,
        "answer": given,
        "reply": list(grade.reply) if grade else [outcome.words] if outcome.state == "unreadable" else [],
        "misconception": grade.misconception if grade else None,
        "gave_up": outcome.gave_up,
    }
