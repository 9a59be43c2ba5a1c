"""What a submission may reply: the learner's code shares a process with the reply, so its form is not trusted."""

from typing import Any

from torch import Tensor

LONGEST_S = 1e6  # more than any check may take; what is no number is refused too
_PLAIN = (bool, int, float, str, type(None))


def is_reply(seen: Any, number_of_cases: int) -> bool:
    """Whether `seen` has the form that the examiner reads: observations of every case, or what kept them from being."""
    if not isinstance(seen, dict) or seen.keys() != {"cases", "shortcut", "broken", "seconds"}:
        return False
    if not isinstance(seen["seconds"], float) or not 0 <= seen["seconds"] < LONGEST_S:
        return False
    cases, shortcut, broken = seen["cases"], seen["shortcut"], seen["broken"]
    if not isinstance(cases, list) or not all(isinstance(case, list) and all(map(_is_pair, case)) for case in cases):
        return False
    if broken is not None or shortcut is not None:
        return (broken is None or _is_exception(broken)) and (shortcut is None or isinstance(shortcut, str))
    return len(cases) == number_of_cases


def _is_pair(entry: Any) -> bool:
    if not isinstance(entry, list) or len(entry) != 2 or not isinstance(entry[0], str):
        return False
    name, value = entry
    if name == "raised":
        return _is_exception(value)
    if isinstance(value, dict):
        return value.keys() == {"~type"} and isinstance(value["~type"], str)
    return isinstance(value, Tensor) or _is_plain(value)


def _is_plain(value: Any) -> bool:
    return isinstance(value, _PLAIN) or (isinstance(value, list) and all(map(_is_plain, value)))


def _is_exception(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("~raised"), str)
        and isinstance(value.get("text"), str)
        and isinstance(value.get("frames"), list)
        and all(map(_is_frame, value["frames"]))
    )


def _is_frame(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and all(isinstance(value.get(key), str) for key in ("file", "in", "code"))
        and isinstance(value.get("line"), int | None)
    )
