"""Compares what was observed of two submissions, in order, and says where they first differ."""

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from lessons.checking.case import Case

Seen = list[list[Any]]  # [name, value] in the order of observation
INPUTS_CHANGED = "inputs changed"
INVARIANT = "invariant: "  # begins the name of an observation that says what should hold


@dataclass(frozen=True)
class Difference:
    """The first observation of a case that differs, in words for the learner."""

    case: Case
    name: str
    sentence: str
    place: str = ""
    raised: dict[str, Any] | None = None
    is_smallest: bool = False  # no cut of its tensors was found that still differs
    position: int = 0  # of the observation among those of the case
    right: Any = None  # what was expected: for a script that shows one element of it
    theirs: Any = None


def first_difference(case: Case, expected: Seen, seen: Seen) -> Difference | None:
    """None when every observation agrees within the case's tolerance; an input that was overwritten is told first."""
    overwritten = seen[-1][1] if seen and seen[-1][0] == INPUTS_CHANGED else []
    if overwritten and expected[-1] == [INPUTS_CHANGED, []]:
        words = f"your code changed its input{'s' * (len(overwritten) > 1)} {' and '.join(overwritten)} in place"
        return Difference(case, INPUTS_CHANGED, words, position=len(expected) - 1)
    for index, (name, right) in enumerate(expected):
        if index >= len(seen):
            return Difference(case, name, f"nothing was seen of the {name}", position=index)
        their_name, theirs = seen[index]
        if their_name == "raised" and name != "raised":
            words = f"{theirs['~raised']}: {theirs['text']}"
            return Difference(case, name, words, raised=theirs, position=index)
        if name == "raised" and _alike(case, right, theirs):
            continue
        if name == "raised":
            came = f"{theirs['~raised']} came: {theirs['text']}" if their_name == "raised" else "none came"
            return Difference(case, name, f"{right['~raised']} was expected, {came}", position=index)
        if their_name != name:
            words = f"expected here: {name}; what came is: {their_name}"
            return Difference(case, name, words, position=index)
        words, place = _disagreement(case, name, right, theirs)
        if words:
            return Difference(case, name, words, place, position=index, right=right, theirs=theirs)
    extra = [name for name, _ in seen[len(expected) :]]
    words = f"the {extra[0]} is more than was asked" if extra else ""
    return Difference(case, extra[0], words, position=len(expected)) if extra else None


def agree(case: Case, one: Seen, other: Seen) -> bool:
    """Whether two submissions are alike on a case: same values, not-a-number at the same places, same exceptions."""
    return len(one) == len(other) and all(
        name == their_name and _alike(case, value, theirs)
        for (name, value), (their_name, theirs) in zip(one, other, strict=True)
    )


def _alike(case: Case, one: Any, other: Any) -> bool:
    if isinstance(one, Tensor) and isinstance(other, Tensor):
        return _same_kind(one, other) and (one.is_meta or _close(case, one, other, nan_is_equal=True))
    if isinstance(one, dict) and isinstance(other, dict) and "~raised" in one and "~raised" in other:
        # Everything that fails without data fails alike; there only the words tell one reason from another.
        return one["~raised"] == other["~raised"] and (not case.meta or one["text"] == other["text"])
    return type(one) is type(other) and _plainly_equal(case, one, other)


def _disagreement(case: Case, name: str, right: Any, theirs: Any) -> tuple[str, str]:
    """(sentence, place) of how `theirs` differs from `right`; ("", "") when it does not."""
    if isinstance(right, Tensor):
        return _tensor_disagreement(case, name, right, theirs)
    if isinstance(theirs, dict) and "~type" in theirs:
        return f"the {name} is a {theirs['~type']}", ""
    if isinstance(theirs, Tensor):
        return f"the {name} is a tensor", ""
    if type(right) is type(theirs) and _plainly_equal(case, right, theirs):
        return "", ""
    if name.startswith(INVARIANT) and right is True:
        return f"it does not hold that {name.removeprefix(INVARIANT)}", ""
    if isinstance(right, bool) and isinstance(theirs, bool):
        words = "should be true, and is false" if right else "should be false, and is true"
        return f'"{name.removeprefix("whether ")}" {words}', ""
    if name == "torch's settings changed":
        return f"your code left torch's {' and '.join(theirs)} changed, for everything that runs after it", ""
    if isinstance(right, list) and isinstance(theirs, list) and _differ_as_sets(right, theirs):
        return f"the {name}: {_lists_apart(right, theirs)}", ""
    return f"the {name}: expected {_short(right)}, got {_short(theirs)}", ""


def _tensor_disagreement(case: Case, name: str, right: Tensor, theirs: Any) -> tuple[str, str]:
    if theirs is None:
        return f"the {name} is None, not a tensor (is a return missing?)", ""
    if theirs == "none" and name.startswith("gradient of"):
        return f"no {name} arrives: something cuts the graph", ""
    if not isinstance(theirs, Tensor):
        kind = theirs.get("~type", "dict") if isinstance(theirs, dict) else type(theirs).__name__
        return f"the {name} is a {kind}, not a tensor", ""
    if theirs.shape != right.shape:
        return f"the {name} has shape {_shape(theirs)}, not {_shape(right)}", ""
    if theirs.dtype != right.dtype:
        return f"the {name} has dtype {_word(theirs.dtype)}, not {_word(right.dtype)}", ""
    if theirs.device.type != right.device.type:
        return f"the {name} is on device {theirs.device.type}, its input on {right.device.type}", ""
    if right.is_meta or _close(case, right, theirs, nan_is_equal=False):
        return "", ""
    if name.startswith(INVARIANT):
        return f"it does not hold that {name.removeprefix(INVARIANT)}", _departure(right, theirs)
    return f"the {name} is not right", _first_place(case, name, right, theirs)


def _same_kind(one: Tensor, other: Tensor) -> bool:
    return (one.shape, one.dtype, one.device.type) == (other.shape, other.dtype, other.device.type)


def _close(case: Case, right: Tensor, theirs: Tensor, nan_is_equal: bool) -> bool:
    if not right.is_floating_point():
        return torch.equal(right, theirs)
    return torch.allclose(theirs, right, rtol=case.rtol, atol=case.atol, equal_nan=nan_is_equal)


def _first_place(case: Case, name: str, right: Tensor, theirs: Tensor) -> str:
    wrong = _wrong(case, right, theirs)
    index = _first(wrong)
    share = f"{int(wrong.sum())} of {wrong.numel()} values differ"
    place = f"[{', '.join(map(str, index))}]" if index else ""
    where = f"{name}, at {place}" if place and " " in name else f"{name}{place}"
    return f"{where}: {_expected_and_got(right[index], theirs[index])} ({share})"


def wrong_index(difference: Difference) -> tuple[int, ...] | None:
    """Where the first value is that is not right; None where it is not a single value that differs."""
    right, theirs = difference.right, difference.theirs
    if not (isinstance(right, Tensor) and isinstance(theirs, Tensor) and difference.place):
        return None
    return None if difference.name.startswith(INVARIANT) else _first(_wrong(difference.case, right, theirs))


def _wrong(case: Case, right: Tensor, theirs: Tensor) -> Tensor:
    if right.is_floating_point():
        return ~torch.isclose(theirs, right, rtol=case.rtol, atol=case.atol)
    return theirs != right


def _first(wrong: Tensor) -> tuple[int, ...]:
    return tuple(int(i) for i in wrong.nonzero()[0])


def _departure(right: Tensor, theirs: Tensor) -> str:
    """How far off the worst number is; where an invariant breaks, a single place tells nothing."""
    return f"off by up to {_number((theirs - right).abs().max())}"


def _plainly_equal(case: Case, one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=case.rtol, abs_tol=case.atol)
    return one == other


def _differ_as_sets(right: list[Any], theirs: list[Any]) -> bool:
    """Names are told one by one; a few numbers that each have a place are told as they stand."""
    numbers = len(right) == len(theirs) and not any(isinstance(item, str) for item in (*right, *theirs))
    return not numbers and set(map(str, right)) != set(map(str, theirs))


def _lists_apart(right: list[Any], theirs: list[Any]) -> str:
    """What is missing and what is too much: two long lists can look alike."""
    missing = [str(item) for item in right if item not in theirs]
    extra = [str(item) for item in theirs if item not in right]
    words = [f"missing {_short(', '.join(missing))}"] if missing else []
    too_much = "not asked for:" if right else "nothing was expected, but there is"
    return "; ".join(words + ([f"{too_much} {_short(', '.join(extra))}"] if extra else []))


def _shape(tensor: Tensor) -> str:
    return str(tuple(tensor.shape))


def _word(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def _expected_and_got(right: Tensor, theirs: Tensor) -> str:
    """In as many digits as tell them apart."""
    digits = next((n for n in (6, 9, 12) if _number(right, n) != _number(theirs, n)), 17)
    return f"expected {_number(right, digits)}, got {_number(theirs, digits)}"


def _number(value: Tensor, digits: int = 6) -> str:
    return f"{value.item():.{digits}g}" if value.is_floating_point() else str(value.item())


def _short(value: Any) -> str:
    # A whole number keeps its point: 5.0 for 5 is a difference to be told.
    text = f"{value:.6g}" if isinstance(value, float) and not value.is_integer() else str(value)
    return text if len(text) <= 120 else text[:117] + "..."
