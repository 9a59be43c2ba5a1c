"""An assignment that keeps what was seen: the linter compares every known file with every other."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from lessons.checking.assignment import Assignment, KnownFile
from lessons.checking.case import Case
from lessons.checking.conventions import Declared, declared_in
from lessons.checking.observations import Seen

SHORTEST_S = 1e-3  # what a case costs at least, however little it computes


@dataclass(frozen=True)
class KeptAssignment(Assignment):
    """An assignment that runs a known file once for each case, however often it is asked."""

    _made: dict[int, list[Case]] = field(default_factory=dict)
    _kept: dict[tuple[Path | None, Declared, int], Seen] = field(default_factory=dict)
    unusable: set[Path] = field(default_factory=set)  # what cannot be observed is like nothing

    @property
    def mistakes(self) -> tuple[KnownFile, ...]:
        return tuple(mistake for mistake in super().mistakes if mistake.path not in self.unusable)

    @property
    def variants(self) -> tuple[KnownFile, ...]:
        return tuple(variant for variant in super().variants if variant.path not in self.unusable)

    @property
    def conventions(self) -> tuple[KnownFile, ...]:
        """Variants that differ from the reference, for which a mistake must not be taken."""
        return tuple(variant for variant in self.variants if variant.citation)

    def by_its_own(self, file: KnownFile) -> Self:
        """The assignment by the conventions that a file declares."""
        return self.declaring(declared_in(self.exercise, file.path.read_bytes()))

    def cases(self, seed: int) -> list[Case]:
        if seed not in self._made:
            self._made[seed] = super().cases(seed)
        return self._made[seed]

    def expected(self, cases: list[Case]) -> list[Seen]:
        for case in cases:
            if (None, self.declared, id(case)) not in self._kept:
                self._kept[None, self.declared, id(case)] = super().expected([case])[0]
        return [self._kept[None, self.declared, id(case)] for case in cases]

    def seen_of_known(self, known: KnownFile, cases: list[Case]) -> list[Seen]:
        for case in cases:
            if (known.path, self.declared, id(case)) not in self._kept:
                self._kept[known.path, self.declared, id(case)] = super().seen_of_known(known, [case])[0]
        return [self._kept[known.path, self.declared, id(case)] for case in cases]

    def cost_of(self, cases: list[Case]) -> Callable[[int], float]:
        """Seconds that each case, by its number, takes the reference."""
        seconds = []
        for case in cases:
            begun = time.thread_time()
            super().expected([case])
            seconds.append(max(time.thread_time() - begun, SHORTEST_S))
        return lambda number: seconds[number]

    def expected_anew(self, cases: list[Case]) -> list[Seen]:
        return super().expected(cases)
