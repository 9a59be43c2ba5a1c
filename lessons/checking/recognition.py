"""Finds what a wrong solution is: the known file, or the undeclared convention, that is seen to do the same."""

from collections.abc import Callable
from functools import partial

from lessons.checking.assignment import Assignment, KnownFile
from lessons.checking.case import Case
from lessons.checking.conventions import Declared, others
from lessons.checking.observations import Difference, Seen, agree


def recognise(
    assignment: Assignment,
    candidates: tuple[KnownFile, ...],
    cases: list[Case],
    seen: list[Seen],
    found: list[Difference | None],
) -> KnownFile | None:
    """The candidate whose observations agree with the learner's on every case; the first wrong case is tried alone.

    What goes wrong with numbers is known by the cases with numbers: without them, the same mistake fails in many ways.
    """
    telling, own = _those_that_tell(cases, found)
    for known in candidates:
        theirs = partial(assignment.seen_of_known, known)
        if _same(theirs, telling, cases, seen) and _same(theirs, own, cases, seen):
            return known
    return None


def written_by(
    assignment: Assignment, cases: list[Case], seen: list[Seen], found: list[Difference | None]
) -> Declared | None:
    """The conventions by which the code is right on every case, though it declares others."""
    telling, own = _those_that_tell(cases, found)
    for written in others(assignment.exercise, assignment.declared):
        expected = assignment.declaring(written).expected
        if _same(expected, telling, cases, seen) and _same(expected, own, cases, seen):
            return written
    return None


def _those_that_tell(cases: list[Case], found: list[Difference | None]) -> tuple[list[int], list[int]]:
    """The numbers of the first wrong case, and of all that a mistake is named by."""
    own = [index for index, case in enumerate(cases) if not case.learner_parts]
    with_numbers = [index for index in own if not cases[index].meta]
    own = with_numbers if any(found[index] for index in with_numbers) else own
    return [index for index in own if found[index]][:1], own


def _same(seen_of: Callable[[list[Case]], list[Seen]], which: list[int], cases: list[Case], seen: list[Seen]) -> bool:
    theirs = seen_of([cases[index] for index in which])
    return all(agree(cases[index], row, seen[index]) for index, row in zip(which, theirs, strict=True))
