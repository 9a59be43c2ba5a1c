"""A question whose answer is a number, typed as a number or as an expression."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from lessons.questions.expression import Number, evaluate
from lessons.questions.number_text import filled
from lessons.questions.variables import Variable, dice, draw_values

ROUNDING = 1e-12  # "exact" forgives what floats round, never a unit of a whole number


@dataclass(frozen=True)
class Wrong:
    """A wrong answer that people give, as an expression, and what it shows that they took for true."""

    answer: str
    misconception: str


@dataclass(frozen=True)
class NumericQuestion:
    """One question; `variant(seed)` gives it its numbers."""

    id: str
    when: str  # "before" or "after" the lesson
    text: str
    answer: str
    explain: str
    unit: str = ""
    tolerance: float = 0.0  # relative; 0 means exact
    variables: Mapping[str, Variable] = field(default_factory=dict)
    wrong: tuple[Wrong, ...] = ()

    kind = "numeric"

    def variant(self, seed: int) -> "NumericVariant":
        """The question with the numbers of this seed."""
        values = draw_values(self.variables, dice(self.id, seed))
        answer = evaluate(self.answer, values)
        return NumericVariant(
            question=self,
            seed=seed,
            values=values,
            text=filled(self.text, values),
            answer=answer,
            explain=filled(self.explain, {**values, "answer": answer}),
            wrong=tuple((evaluate(w.answer, values), filled(w.misconception, values)) for w in self.wrong),
        )


@dataclass(frozen=True)
class NumericVariant:
    """The question as it is asked once."""

    question: NumericQuestion
    seed: int
    values: Mapping[str, Number]
    text: str
    answer: Number
    explain: str
    wrong: tuple[tuple[Number, str], ...]  # value and misconception, in the order of the file

    kind = "numeric"

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def unit(self) -> str:
        return self.question.unit

    def same(self, a: Number, b: Number) -> bool:
        """Whether two numbers count as one answer here."""
        if a == b or (isinstance(a, int) and isinstance(b, int) and not self.question.tolerance):
            return a == b
        return math.isclose(a, b, rel_tol=max(self.question.tolerance, ROUNDING))
