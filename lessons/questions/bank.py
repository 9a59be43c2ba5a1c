"""Reads the questions of a lesson from the file beside its text. Never loads torch."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from lessons.catalog import LESSONS, Lesson
from lessons.questions.choose_all import FEWEST_OF_EACH, FEWEST_SHOWN, ChooseAllQuestion, Option
from lessons.questions.expression import names_in
from lessons.questions.fields import Fields, QuestionUnreadable
from lessons.questions.number_text import names_in_text
from lessons.questions.numeric import NumericQuestion, Wrong
from lessons.questions.variable_table import read_variables

__all__ = ["Question", "QuestionUnreadable", "questions_asked", "questions_file", "questions_of", "read_questions"]

Question = NumericQuestion | ChooseAllQuestion
SCHEMA = 1
WHEN = ("before", "after")
_ID = re.compile(r"[a-z0-9_]+/[a-z0-9_-]+/[a-z0-9_-]+")
_COMMON = ("id", "when", "kind", "text", "explain", "variables")


def questions_file(lesson: Lesson, lessons: Path = LESSONS) -> Path:
    """Where the questions of a lesson are, whether or not they are there."""
    return lessons / Path(lesson.file).with_suffix(".questions.toml")


@cache
def questions_of(lesson: Lesson) -> tuple[Question, ...]:
    """The questions of a lesson in their order; none where it has no file."""
    file = questions_file(lesson)
    return read_questions(file) if file.is_file() else ()


def questions_asked(questions: Iterable[Question], when: str) -> tuple[Question, ...]:
    """Those of a lesson's opening ("before") or of its end ("after")."""
    return tuple(question for question in questions if question.when == when)


def read_questions(file: Path) -> tuple[Question, ...]:
    """Every question of one file; QuestionUnreadable names file, question and field."""
    name = f"{file.parent.name}/{file.name}"
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise QuestionUnreadable(f"It cannot be read: {error.strerror}.", name, "make it readable") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise QuestionUnreadable(f"It is no TOML: {error}.", name, "mend it at this place") from error
    whole = Fields(table, name)
    whole.allow(("schema", "question"))
    if whole.number("schema", 0) != SCHEMA:
        raise whole.unreadable("schema", f"is not {SCHEMA}", f"write schema = {SCHEMA} in the first line")
    questions = [_question(fields, name) for fields in whole.tables("question")]
    _no_id_twice(questions, whole)
    return tuple(questions)


def _question(fields: Fields, file: str) -> Question:
    question_id = fields.text("id")
    if not _ID.fullmatch(question_id):
        raise fields.unreadable(
            "id", f'is "{question_id}"', "write the lesson's id, / and a word: cnn/pooling/what-is-left"
        )
    fields.place = f"{file}, {question_id}"
    kind = fields.one_of("kind", ("numeric", "choose_all"))
    question = _numeric(fields) if kind == "numeric" else _choose_all(fields)
    _only_known_names(question, fields)
    return question


def _numeric(fields: Fields) -> NumericQuestion:
    fields.allow((*_COMMON, "answer", "unit", "tolerance", "wrong"))
    tolerance = fields.number("tolerance", 0.0)
    if not 0 <= tolerance < 1:
        raise fields.unreadable("tolerance", f"is {tolerance}", "write 0 for exact, or a relative one such as 1e-6")
    return NumericQuestion(
        id=fields.text("id"),
        when=fields.one_of("when", WHEN),
        text=fields.text("text"),
        answer=fields.text("answer"),
        explain=fields.text("explain"),
        unit=fields.text("unit", ""),
        tolerance=float(tolerance),
        variables=read_variables(fields),
        wrong=tuple(_wrong(row) for row in fields.tables("wrong")),
    )


def _wrong(fields: Fields) -> Wrong:
    fields.allow(("answer", "misconception"))
    return Wrong(fields.text("answer"), fields.text("misconception"))


def _choose_all(fields: Fields) -> ChooseAllQuestion:
    fields.allow((*_COMMON, "shown", "option"))
    options = tuple(_option(row) for row in fields.tables("option"))
    shown = fields.number("shown", FEWEST_SHOWN)
    true = sum(option.holds for option in options)
    if not isinstance(shown, int) or not FEWEST_SHOWN <= shown <= 26:
        raise fields.unreadable("shown", f"is {shown}", f"write {FEWEST_SHOWN} or more")
    if min(true, len(options) - true) < FEWEST_OF_EACH:
        found = f"has {true} that hold and {len(options) - true} that do not"
        raise fields.unreadable("option", found, f"write at least {FEWEST_OF_EACH} of each")
    if len(options) < shown:
        raise fields.unreadable("option", f"gives {len(options)} of {shown} shown", "write more, or show fewer")
    return ChooseAllQuestion(
        id=fields.text("id"),
        when=fields.one_of("when", WHEN),
        text=fields.text("text"),
        explain=fields.text("explain"),
        options=options,
        shown=shown,
        variables=read_variables(fields),
    )


def _option(fields: Fields) -> Option:
    fields.allow(("text", "holds", "why"))
    return Option(fields.text("text"), fields.truth("holds"), fields.text("why"))


def _only_known_names(question: Question, fields: Fields) -> None:
    """Each {name} in a text and each name in an expression must be a variable; only `explain` knows the answer."""
    known = set(question.variables)
    if isinstance(question, NumericQuestion):
        texts = [("text", question.text), *((f"wrong {n}", w.misconception) for n, w in enumerate(question.wrong, 1))]
        expressions = [
            ("answer", question.answer),
            *((f"wrong {n}", w.answer) for n, w in enumerate(question.wrong, 1)),
        ]
        explained = known | {"answer"}
    else:
        texts = [("text", question.text)]
        texts += [(f"option {n}", f"{o.text} {o.why}") for n, o in enumerate(question.options, 1)]
        expressions, explained = [], known
    used = [(name, names_in_text(text) - known) for name, text in texts]
    used += [(name, names_in(expression) - known) for name, expression in expressions]
    used.append(("explain", names_in_text(question.explain) - explained))
    for name, unknown in used:
        if unknown:
            there = ", ".join(question.variables) or "none"
            raise fields.unreadable(name, f"uses {', '.join(sorted(unknown))}", f"use a variable: there are {there}")


def _no_id_twice(questions: list[Question], whole: Fields) -> None:
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise QuestionUnreadable(f"Two questions are called {question.id}.", whole.place, "give one another id")
        seen.add(question.id)
