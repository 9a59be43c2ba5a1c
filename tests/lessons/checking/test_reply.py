"""A submission shares its process with the reply: what it forges has to be readable, or is refused."""

from typing import Any

import pytest
import torch

from lessons.checking.reply import is_reply

RAISED = {"~raised": "ValueError", "text": "no", "frames": [{"file": "a.py", "line": 3, "in": "f", "code": "raise"}]}
GOOD_CASE = [["output", torch.ones(2)], ["names", ["a", "b"]], ["kind", {"~type": "Liar"}], ["inputs changed", []]]


def reply(**changed: Any) -> dict[str, Any]:
    return {"cases": [GOOD_CASE], "shortcut": None, "broken": None, "seconds": 0.1} | changed


@pytest.mark.parametrize(
    "seen",
    [
        reply(),
        reply(cases=[[["raised", RAISED]]]),
        reply(cases=[[]]),
        reply(cases=[], broken=RAISED),
        reply(cases=[GOOD_CASE], shortcut="aten::convolution"),
        reply(cases=[[["raised", RAISED | {"frames": [RAISED["frames"][0] | {"line": None}]}]]]),
    ],
    ids=["values", "exception", "nothing seen", "broken", "shortcut", "line unknown"],
)
def test_what_the_runner_sends_is_a_reply(seen: dict[str, Any]):
    assert is_reply(seen, number_of_cases=1)


@pytest.mark.parametrize(
    "seen",
    [
        None,
        [],
        {"cases": [GOOD_CASE]},
        reply(verdict="passed"),
        reply(cases=7),
        reply(cases=[]),
        reply(cases=[GOOD_CASE, GOOD_CASE]),
        reply(cases=[7]),
        reply(cases=[[7]]),
        reply(cases=[[["output"]]]),
        reply(cases=[[[7, torch.ones(1)]]]),
        reply(cases=[[["output", {"~type": [1]}]]]),
        reply(cases=[[["output", {"other": 1}]]]),
        reply(cases=[[["output", [torch.ones(1)]]]]),
        reply(cases=[[["raised", "boo"]]]),
        reply(cases=[[["raised", {"~raised": "E"}]]]),
        reply(cases=[[["raised", RAISED | {"text": 5}]]]),
        reply(cases=[[["raised", RAISED | {"frames": [{"file": 1, "line": "z"}]}]]]),
        reply(broken={"~raised": 5}),
        reply(broken="boo"),
        reply(shortcut={"a": 1}),
        reply(seconds="0.1"),
        reply(seconds=float("nan")),
        reply(seconds=-1.0),
    ],
    ids=repr,
)
def test_what_only_resembles_one_is_not(seen: Any):
    assert not is_reply(seen, number_of_cases=1)
