"""The linter of the question bank: whether each file fits its lesson, and whether each question holds on 200 seeds."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from lessons.catalog import LESSONS, Lesson, curriculum
from lessons.questions.bank import Question, questions_asked, questions_file, read_questions
from lessons.questions.expression import ExpressionUnreadable
from lessons.questions.fields import QuestionUnreadable
from lessons.questions.grading import Variant, grade, right_answer
from lessons.questions.numeric import NumericQuestion, NumericVariant

SEEDS = range(200)
AFTER, NUMERIC_AFTER, CHOICES_AFTER = 3, 2, 1
FEWEST_VARIANTS, FEWEST_WRONG = 8, 2
MOST_COINCIDING = 0.05
MARK = "<!-- questions -->"
LONGEST = {"text": 620, "explain": 700, "unit": 20, "misconception": 260, "option": 130, "why": 220}  # characters


@dataclass(frozen=True)
class BankProblem:
    """What is wrong, where, and what to do."""

    file: str
    question: str  # "" where it is the file as a whole
    words: str
    next_step: str

    def __str__(self) -> str:
        return f"{', '.join(filter(None, (self.file, self.question)))}: {self.words}: {self.next_step}"


@dataclass(frozen=True)
class BankReport:
    """What was tried, and every problem that was found."""

    questions: int
    variants: int
    problems: tuple[BankProblem, ...]

    @property
    def holds(self) -> bool:
        return not self.problems


def lint_bank(lessons: Iterable[Lesson] | None = None, root: Path = LESSONS) -> BankReport:
    """Look at the questions of every lesson (of these, if some are given)."""
    problems: list[BankProblem] = []
    count = 0
    for lesson in curriculum().lessons if lessons is None else lessons:
        file = questions_file(lesson, root)
        try:
            questions = read_questions(file) if file.is_file() else None
        except QuestionUnreadable as error:
            problems.append(BankProblem(error.place, "", error.thing.rstrip("."), error.next_step))
            continue
        name = file.relative_to(root).as_posix()
        if questions is None:
            problems += _missing_file(lesson, name, root)
            continue
        count += len(questions)
        problems += [BankProblem(name, "", *told) for told in _file_problems(lesson, questions)]
        problems += [BankProblem(name, q.id, *told) for q in questions for told in question_problems(q)]
    return BankReport(count, count * len(SEEDS), tuple(problems))


def question_problems(question: Question) -> Iterator[tuple[str, str]]:
    """(what is wrong, what to do) of one question, over all seeds."""
    variants: list[Variant] = []
    for seed in SEEDS:
        try:
            variants.append(question.variant(seed))
        except ExpressionUnreadable as error:
            yield f"seed {seed} gives no variant: {error}", "mend the expression, or draw other numbers"
            return
    yield from _lengths(variants)
    refused = [variant.seed for variant in variants if not _accepts_its_answer(variant)]
    if refused:
        yield f"the answer as it is shown counts as wrong (seed {refused[0]})", "set a larger tolerance, such as 1e-6"
    if isinstance(question, NumericQuestion):
        numeric = [variant for variant in variants if isinstance(variant, NumericVariant)]
        yield from _variety(question, numeric)
        yield from _coinciding(numeric)


def _missing_file(lesson: Lesson, name: str, root: Path) -> Iterator[BankProblem]:
    """A lesson that is not ready for questions yet is left alone."""
    text = root / lesson.file
    if text.is_file() and MARK in text.read_text(encoding="utf-8").splitlines():
        yield BankProblem(name, "", f"it is not there, and the lesson asks for it by {MARK}", "write it")


def _file_problems(lesson: Lesson, questions: tuple[Question, ...]) -> Iterator[tuple[str, str]]:
    for question in questions:
        if not question.id.startswith(f"{lesson.id}/"):
            yield f"{question.id} is not a question of {lesson.id}", f"call it {lesson.id}/{question.id.split('/')[-1]}"
    before, after = (questions_asked(questions, when) for when in ("before", "after"))
    kinds = Counter(question.kind for question in after)
    if len(before) != 1:
        yield f'it has {len(before)} questions with when = "before"', "write one"
    if len(after) != AFTER:
        yield f'it has {len(after)} questions with when = "after"', f"write {AFTER}"
    if kinds["numeric"] < NUMERIC_AFTER or kinds["choose_all"] < CHOICES_AFTER:
        found = f"after the lesson it asks {kinds['numeric']} numeric and {kinds['choose_all']} choose_all questions"
        yield found, f"write at least {NUMERIC_AFTER} and {CHOICES_AFTER}"


def _lengths(variants: list[Variant]) -> Iterator[tuple[str, str]]:
    """The longest text of each sort that a learner may see."""
    longest: Counter[str] = Counter()
    for variant in variants:
        for sort, text in _texts(variant):
            longest[sort] = max(longest[sort], len(text))
    for sort, length in longest.items():
        if length > LONGEST[sort]:
            yield f"its {sort} has {length} characters", f"say it in {LONGEST[sort]}"


def _texts(variant: Variant) -> Iterator[tuple[str, str]]:
    yield from (("text", variant.text), ("explain", variant.explain), ("unit", variant.unit))
    if isinstance(variant, NumericVariant):
        yield from (("misconception", misconception) for _, misconception in variant.wrong)
    else:
        for option in variant.options:
            yield from (("option", option.text), ("why", option.why))


def _accepts_its_answer(variant: Variant) -> bool:
    """Also where a wrong answer has the same value: there the right one counts."""
    exact = [repr(variant.answer)] if isinstance(variant, NumericVariant) else []
    return all(grade(variant, answer).is_right for answer in [*exact, right_answer(variant)])


def _variety(question: NumericQuestion, variants: list[NumericVariant]) -> Iterator[tuple[str, str]]:
    if question.when != "after":
        return
    different = len({variant.text for variant in variants})
    if different < FEWEST_VARIANTS:
        yield f"it has {different} variants", f"let its text change with more numbers: {FEWEST_VARIANTS} or more"
    if len(question.wrong) < FEWEST_WRONG:
        yield f"it knows {len(question.wrong)} wrong answers", f"add [[question.wrong]] up to {FEWEST_WRONG} or more"


def _coinciding(variants: list[NumericVariant]) -> Iterator[tuple[str, str]]:
    """A wrong answer that is often the right one, or another wrong one, names the wrong misconception."""
    for number, _ in enumerate(variants[0].wrong):
        share = _share(variant.same(variant.wrong[number][0], variant.answer) for variant in variants)
        if share > MOST_COINCIDING:
            yield f"wrong {number + 1} is the right answer in {share:.0%} of its variants", "draw other numbers"
    for a, b in combinations(range(len(variants[0].wrong)), 2):
        share = _share(variant.same(variant.wrong[a][0], variant.wrong[b][0]) for variant in variants)
        if share > MOST_COINCIDING:
            told = f"wrong {a + 1} and wrong {b + 1} are the same number in {share:.0%} of its variants"
            yield told, "draw other numbers, or leave one of the two"


def _share(of: Iterable[bool]) -> float:
    outcomes = list(of)
    return sum(outcomes) / len(outcomes)
