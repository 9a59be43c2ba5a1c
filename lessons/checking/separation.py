"""Which cases catch which known mistakes and tell them apart; which pairs none can tell, and which cases could go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lessons.checking.case import Case
from lessons.checking.observations import Seen, agree, first_difference

Pair = tuple[str, str]


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
        """What either of the two has found."""
        return Separation({**self.killed_by, **other.killed_by}, {**self.apart, **other.apart})

    def alone(self, case: int) -> list[str]:
        """The mistakes and the pairs for which there is no other case."""
        killed = [mistake for mistake, cases in self.killed_by.items() if cases == {case}]
        return killed + [" / ".join(pair) for pair, cases in self.apart.items() if cases == {case}]

    def enough(self) -> list[int]:
        """A few cases that do what all of them do: at each step the one that settles most of what is left."""
        left = [cases for cases in (*self.killed_by.values(), *self.apart.values()) if cases]
        chosen: list[int] = []
        while left:
            settled = {case: sum(case in cases for cases in left) for case in sorted(frozenset().union(*left))}
            chosen.append(max(settled, key=lambda case: settled[case]))
            left = [cases for cases in left if chosen[-1] not in cases]
        return sorted(chosen)


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
