"""The main path through the steps of a block, and the branches that leave it and join it again."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Branch:
    """A second way into the step `joins`: from the output of step `leaves`, through `steps` that lie on no other."""

    leaves: int
    joins: int
    steps: tuple[int, ...]


@dataclass(frozen=True)
class Paths:
    """Numbers of steps. `unused` are those whose output reaches the block's output on no way."""

    main: tuple[int, ...]
    branches: tuple[Branch, ...]
    unused: tuple[int, ...]


def paths_through(inputs: Sequence[tuple[int, ...]], output: int | None) -> Paths:
    """`inputs[i]` are the steps that step i took its tensors from, all of them smaller than i.

    The main path is the one with the most steps that ends at `output` (at the last step where that is None).
    """
    end = len(inputs) - 1 if output is None else output
    length: list[int] = []
    for sources in inputs:
        length.append(1 + max((length[source] for source in sources), default=0))

    def back_from(step: int, until: Sequence[int]) -> list[int]:
        way = [step]
        while way[-1] not in until and inputs[way[-1]]:
            way.append(max(inputs[way[-1]], key=lambda source: length[source]))
        return way[::-1]

    main = back_from(end, ())
    branches, seen = [], list(main)
    for joins in main:
        before = main[main.index(joins) - 1] if joins != main[0] else None
        others = list(inputs[joins])
        if before in others:
            others.remove(before)
        for source in others:
            leaves, *steps = back_from(source, seen)
            branches.append(Branch(leaves, joins, tuple(steps)))
            seen += steps
    unused = tuple(step for step in range(len(inputs)) if step not in seen)
    return Paths(tuple(main), tuple(branches), unused)
