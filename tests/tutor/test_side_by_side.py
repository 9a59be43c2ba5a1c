"""Two judges side by side: both at work, the reports in the course's order, and both ended whatever happens."""

import asyncio
import io
import sys
from typing import Any, ClassVar

import pytest

from lessons.catalog import curriculum
from tutor.refusals import Refusal
from tutor.side_by_side import self_checks

EXERCISES = curriculum().exercises
IDS = [exercise.id for exercise in EXERCISES]


@pytest.fixture
def judges(monkeypatch) -> Any:
    """Judges that take as long as `slow` says, in turns of the event loop, and count how many are at work at once."""

    class Judge:
        slow: ClassVar[dict[str, int]] = {}
        refusing: ClassVar[set[str]] = set()
        at_work: ClassVar[set[str]] = set()
        most_at_work = 0
        opened = closed = 0

        def __init__(self) -> None:
            Judge.opened += 1

        async def self_check(self, exercise_id: str) -> dict[str, Any]:
            Judge.at_work.add(exercise_id)
            Judge.most_at_work = max(Judge.most_at_work, len(Judge.at_work))
            for _ in range(Judge.slow.get(exercise_id, 1)):
                await asyncio.sleep(0)
            Judge.at_work.discard(exercise_id)
            if exercise_id in Judge.refusing:
                raise Refusal("The judge process ended: killed.", "judge", "try again")
            return {"id": exercise_id}

        async def close(self) -> None:
            Judge.closed += 1

    monkeypatch.setattr("tutor.side_by_side.JudgeClient", Judge)
    return Judge


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_two_are_at_work_and_the_reports_come_in_the_order_of_the_course(judges):
    judges.slow[IDS[0]] = 50  # the first one is the last to be ready
    shown: list[str] = []
    reports = asyncio.run(self_checks(EXERCISES, lambda report: shown.append(report["id"])))
    assert [report["id"] for report in reports] == IDS
    assert sorted(shown) == sorted(IDS)
    assert shown[-1] == IDS[0], "each is shown as soon as it is there"
    assert (judges.most_at_work, judges.opened, judges.closed) == (2, 2, 2)


def test_one_exercise_needs_one_judge(judges):
    asyncio.run(self_checks(EXERCISES[:1], None))
    assert (judges.opened, judges.closed) == (1, 1)


@pytest.mark.usefixtures("judges")
def test_what_takes_longest_is_begun_first():
    files = {
        exercise.id: len([*exercise.folder.glob("mistakes/*.py"), *exercise.folder.glob("variants/*.py")])
        for exercise in EXERCISES
    }
    shown: list[str] = []
    asyncio.run(self_checks(EXERCISES, lambda report: shown.append(report["id"])))
    assert files[shown[0]] == max(files.values()) > files[shown[-1]]


def test_both_are_ended_when_one_cannot_answer(judges):
    judges.refusing.add(IDS[1])
    with pytest.raises(Refusal, match="The judge process ended"):
        asyncio.run(self_checks(EXERCISES, None))
    assert judges.closed == 2


@pytest.mark.usefixtures("judges")
def test_on_a_terminal_a_bar_moves_and_the_reports_wait_until_it_is_gone(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    seen: list[str] = []
    asyncio.run(self_checks(EXERCISES, lambda _report: seen.append(terminal.getvalue())))
    last = f"{len(IDS)} of {len(IDS)} exercises, last "
    assert len(seen) == len(IDS), "the reports are there"
    assert all(last in drawn for drawn in seen)


@pytest.mark.usefixtures("judges")
def test_in_a_pipe_nothing_is_said_of_the_progress(capfd):
    asyncio.run(self_checks(EXERCISES, None))
    assert capfd.readouterr() == ("", "")
