"""A question with statements of which all that hold are to be chosen; a variant shows some of its pool."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lessons.questions.expression import Number
from lessons.questions.number_text import filled
from lessons.questions.variables import Variable, dice, draw_one, draw_some, draw_values

FEWEST_SHOWN, FEWEST_OF_EACH = 6, 2


@dataclass(frozen=True)
class Option:
    """A statement, whether it holds, and what is said when it was judged wrongly."""

    text: str
    holds: bool
    why: str


@dataclass(frozen=True)
class ChooseAllQuestion:
    """One question; `variant(seed)` draws which options are shown, in which order, with which numbers."""

    id: str
    when: str  # "before" or "after" the lesson
    text: str
    explain: str
    options: tuple[Option, ...]
    shown: int = FEWEST_SHOWN
    variables: Mapping[str, Variable] = field(default_factory=dict)

    kind = "choose_all"

    def variant(self, seed: int) -> "ChooseAllVariant":
        """The question with the options of this seed: at least two that hold and two that do not."""
        chance = dice(self.id, seed)
        values = draw_values(self.variables, chance)
        numbered = list(enumerate(self.options))
        true = [entry for entry in numbered if entry[1].holds]
        false = [entry for entry in numbered if not entry[1].holds]
        most = min(len(true), self.shown - FEWEST_OF_EACH)
        fewest = max(FEWEST_OF_EACH, self.shown - len(false))
        how_many = draw_one(chance, range(fewest, most + 1))
        drawn = draw_some(chance, true, how_many) + draw_some(chance, false, self.shown - how_many)
        return ChooseAllVariant(
            question=self,
            seed=seed,
            values=values,
            text=filled(self.text, values),
            explain=filled(self.explain, values),
            options=tuple(_shown(index, option, values) for index, option in draw_some(chance, drawn, self.shown)),
        )


@dataclass(frozen=True)
class ShownOption:
    """An option of a variant; `index` is its place in the file."""

    index: int
    text: str
    holds: bool
    why: str


@dataclass(frozen=True)
class ChooseAllVariant:
    """The question as it is asked once; options are numbered from 1 as they stand here."""

    question: ChooseAllQuestion
    seed: int
    values: Mapping[str, Number]
    text: str
    explain: str
    options: tuple[ShownOption, ...]

    kind = "choose_all"
    unit = ""

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def answer(self) -> frozenset[int]:
        """The numbers of the options that hold."""
        return frozenset(number for number, option in enumerate(self.options, 1) if option.holds)


def _shown(index: int, option: Option, values: Mapping[str, Number]) -> ShownOption:
    return ShownOption(index, filled(option.text, values), option.holds, filled(option.why, values))
