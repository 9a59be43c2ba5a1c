"""Makes a failing case small before it is shown: cuts its tensors while the same observation still differs."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from torch import Tensor

from lessons.checking.case import Case
from lessons.checking.observations import Difference

ROUNDS = 6
Differences = Callable[[list[Case]], list[Difference | None]]


def shrunk(difference: Difference, differences_of: Differences) -> Difference:
    """The same difference on the smallest input that greedy cuts lead to; as it is where no cut keeps it.

    `differences_of` tells where those of several cases differ that are an input at all, None where one agrees.
    """
    for _ in range(ROUNDS):
        found = [each for each in differences_of(list(cuts(difference.case))) if each]
        smaller = [each for each in found if _is_the_same(each, difference)]
        if not smaller:
            break
        difference = min(smaller, key=lambda each: numbers(each.case))
    return replace(difference, is_smallest=True)


def cuts(case: Case) -> Iterator[Case]:
    """Every case in which all axes of one size, in whatever tensor, are cut to 1, to half, and by one.

    Axes that must agree (the channels of x and of w) have the same size, so they are cut together; where sizes agree by
    chance, the cut may leave no input at all.
    """
    sizes = sorted({size for tensor in case.tensors.values() for size in tensor.shape if size > 1}, reverse=True)
    for size in sizes:
        for length in sorted({1, size // 2, size - 1}):
            yield replace(case, tensors={name: _cut(tensor, size, length) for name, tensor in case.tensors.items()})


def numbers(case: Case) -> int:
    """How many numbers the inputs hold: the fewer, the easier to think about."""
    return sum(tensor.numel() for tensor in case.tensors.values())


def _cut(tensor: Tensor, size: int, length: int) -> Tensor:
    for axis, found in enumerate(tensor.shape):
        if found == size:
            tensor = tensor.narrow(axis, 0, length)
    return tensor


def kind(difference: Difference) -> str | bool:
    """How it differs: the type of the exception that came, or whether it is single values that are not right.

    An input that is cut too far fails for a reason of its own: a shape that is wrong, an exception, another exception.
    """
    return difference.raised["~raised"] if difference.raised else bool(difference.place)


def _is_the_same(found: Difference, difference: Difference) -> bool:
    return found.name == difference.name and kind(found) == kind(difference)
