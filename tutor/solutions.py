"""The solution of an exercise: for who has passed it, or has given it up, which the record keeps."""

from typing import NamedTuple

from lessons.catalog import Exercise
from lessons.solutions import shown_solution
from progress.evidence import EvidenceStore
from tutor.refusals import Refusal
from tutor.workspace import Workspace


class Solution(NamedTuple):
    source: str
    given_up_at: str  # "" where the exercise had passed first
    price: str  # what giving up costs, while it is not made good


def may_see_solution(workspace: Workspace, exercise: Exercise) -> bool:
    """Whether it can be shown without giving up now."""
    store = EvidenceStore(workspace.record_folder)
    seen = store.verdicts().get(exercise.id)
    return exercise.id in store.given_up() or (seen is not None and seen.passes > 0)


def solution_for(workspace: Workspace, exercise: Exercise, give_up: bool = False) -> Solution:
    """The solution. Giving up is recorded first: where that fails, nothing is shown."""
    store = EvidenceStore(workspace.record_folder)
    if not may_see_solution(workspace, exercise):
        if not give_up:
            raise _not_yet(exercise)
        store.give_up(exercise.id)
    given_up = store.given_up().get(exercise.id)
    price = price_of_giving_up(exercise) if given_up and not given_up.redeemed_at else ""
    return Solution(shown_solution(exercise), given_up.at if given_up else "", price)


def price_of_giving_up(exercise: Exercise) -> str:
    """What giving up costs and how it is made good, to be told before the solution is shown."""
    return (
        f"{exercise.id} does not count for the completion criteria until it is solved anew: "
        f"phase3-tutor reset {exercise.id}, then pass it on a later day with code that is not this solution's."
    )


def _not_yet(exercise: Exercise) -> Refusal:
    next_step = (
        f"take a hint: phase3-tutor hint {exercise.id}; or give it up, which is recorded, and then it counts only "
        f"when it passes anew on a later day: phase3-tutor solution {exercise.id} --give-up"
    )
    return Refusal(f"{exercise.id} has not passed yet; its solution is shown afterwards.", exercise.file, next_step)
