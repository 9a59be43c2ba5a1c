import os

import pytest

from progress.journal import Journal


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "attempts.jsonl")


def test_events_are_read_in_the_order_in_which_they_were_appended(journal):
    assert list(journal.events()) == []
    journal.append([{"n": 1}, {"n": 2}])
    journal.append([{"n": 3}])
    assert list(journal.events()) == [{"n": 1}, {"n": 2}, {"n": 3}]


def test_a_torn_last_line_is_passed_over_and_harms_no_later_one(journal):
    journal.append([{"n": 1}])
    with journal.path.open("ab") as file:
        file.write(b'{"n": 2, "half')
    assert list(journal.events()) == [{"n": 1}]
    journal.append([{"n": 3}])
    assert list(journal.events()) == [{"n": 1}, {"n": 3}]


@pytest.mark.parametrize("line", [b"\0\0\0\n", b"\xff\xfe\n", b"[1]\n", b"[" * 100_000 + b"\n", b"\n"])
def test_a_damaged_line_costs_only_itself(journal, line):
    journal.append([{"n": 1}])
    with journal.path.open("ab") as file:
        file.write(line)
    journal.append([{"n": 2}])
    assert list(journal.events()) == [{"n": 1}, {"n": 2}]


def test_a_write_that_stops_half_way_is_an_error_not_a_silence(journal, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, line: write(descriptor, line[:4]))
    with pytest.raises(OSError, match="only 4 of"):
        journal.append([{"n": 1}])


def test_lines_of_processes_at_once_are_never_mixed(journal):
    children = []
    for writer in range(3):
        pid = os.fork()
        if not pid:
            outcome = 1
            try:
                for number in range(50):
                    journal.append([{"writer": writer, "n": number, "filler": "x" * 300}])
                outcome = 0
            finally:
                os._exit(outcome)
        children.append(pid)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0, 0, 0]
    events = list(journal.events())
    assert len(events) == 150
    for writer in range(3):
        assert [event["n"] for event in events if event["writer"] == writer] == list(range(50))
