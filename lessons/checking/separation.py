"""Which cases catch which known mistakes and tell them apart; which pairs none can tell, and which cases could go."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lessons.checking.case import Case
from lessons.checking.observations import Seen, agree, first_difference

Pair = tuple[str, str]
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Separation:
    """By the number of the case: `killed_by` what differs from the reference, `apart` what differs within a pair."""

    killed_by: dict[str, frozenset[int]]
    apart: dict[Pair, frozenset[int]]

    @property
    def alike(self) -> list[Pair]:
        return [pair for pair, cases in self.apart.items() if not cases]

    def unsettled(self) -> set[str]:
        """Mistakes that nothing kills, and both of each pair that nothing tells apart."""
        alive = {mistake for mistake, cases in self.killed_by.items() if not cases}
        return alive.union(*self.alike)

    def with_more(self, other: "Separation") -> "Separation":
        """What the two have found together; of `other` only what this one knows too."""
        return Separation(
            {mistake: cases | other.killed_by.get(mistake, _NONE) for mistake, cases in self.killed_by.items()},
            {pair: cases | other.apart.get(pair, _NONE) for pair, cases in self.apart.items()},
        )

    def alone(self, case: int) -> list[str]:
        """The mistakes and the pairs for which there is no other case."""
        killed = [mistake for mistake, cases in self.killed_by.items() if cases == {case}]
        return killed + [" / ".join(pair) for pair, cases in self.apart.items() if cases == {case}]

    def enough(self, cost: Callable[[int], float] = lambda _: 1.0) -> list[int]:
        """A few cases that do what all of them do: at each step the one that settles most of what is left for its cost.

        In the order in which they were chosen: what the first ones settle need not be put to the later ones.
        """
        left = [cases for cases in (*self.killed_by.values(), *self.apart.values()) if cases]
        chosen: list[int] = []
        while left:
            settled = Counter(case for cases in left for case in cases)
            chosen.append(max(sorted(settled), key=lambda case: settled[case] / cost(case)))
            left = [cases for cases in left if chosen[-1] not in cases]
        return chosen


def separate(cases: Mapping[int, Case], expected: Sequence[Seen], seen: Mapping[str, Sequence[Seen]]) -> Separation:
    """Compare every mistake with the reference and with every other, on these cases by their numbers."""
    killed_by = {
        mistake: frozenset(
            number
            for (number, case), right, theirs in zip(cases.items(), expected, rows, strict=True)
            if first_difference(case, right, theirs)
        )
        for mistake, rows in seen.items()
    }
    apart = {
        (one, other): _apart(cases, killed_by[one], killed_by[other], seen[one], seen[other])
        for one, other in combinations(seen, 2)
    }
    return Separation(killed_by, apart)


def nothing_known(mistakes: Sequence[str]) -> Separation:
    """Before any case was put to them: everything is unsettled."""
    return Separation(dict.fromkeys(mistakes, _NONE), dict.fromkeys(combinations(mistakes, 2), _NONE))


def settled(mistakes: Sequence[str], numbers: Iterable[int], one: Callable[[int, list[str]], Separation]) -> Separation:
    """One case after another, each put only to mistakes of which something is still open, until nothing is.

    `one` tells what a case does to some of the mistakes. What stays open at the end was put to all the cases.
    """
    found = nothing_known(mistakes)
    for number in numbers:
        is_open = found.unsettled()
        if not is_open:
            break
        found = found.with_more(one(number, [mistake for mistake in mistakes if mistake in is_open]))
    return found


def _apart(
    cases: Mapping[int, Case],
    one: frozenset[int],
    other: frozenset[int],
    rows: Sequence[Seen],
    others: Sequence[Seen],
) -> frozenset[int]:
    """Cases that tell two mistakes apart.

    One that kills only one of the two does, at no cost. Where there are two of them the rest is not looked at.
    """
    free = one ^ other
    if len(free) > 1:
        return free
    pairs = zip(cases.items(), rows, others, strict=True)
    common = [entry for entry in pairs if entry[0][0] in one & other]
    return free | {number for (number, case), theirs, others_ in common if not agree(case, theirs, others_)}
