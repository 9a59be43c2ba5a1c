"""Another variant of a question: for who has seen the answer to the one before."""

from lessons.questions.bank import Question
from lessons.questions.choose_all import ChooseAllVariant
from lessons.questions.grading import Variant

HIGHEST_SEED = 2**31 - 1
_TRIES = 50


def fresh_variant(question: Question, after: Variant) -> Variant:
    """The question with other numbers or options: the next seed that shows something else."""
    variants = (question.variant((after.seed + step) & HIGHEST_SEED) for step in range(1, _TRIES))
    return next((variant for variant in variants if _shown(variant) != _shown(after)), question.variant(after.seed))


def _shown(variant: Variant) -> tuple[str, frozenset[int]]:
    options = variant.options if isinstance(variant, ChooseAllVariant) else ()
    return variant.text, frozenset(option.index for option in options)
