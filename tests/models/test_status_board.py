import time

import pytest

from models import status_board
from models.run_directory import RunDirectory
from models.status_board import Pace, StatusBoard


@pytest.fixture
def clock(monkeypatch):
    """A clock that only moves when it is told to."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def move(seconds):
        now[0] += seconds

    return move


def test_a_status_is_written_at_most_twice_a_second_unless_it_must_be(tmp_path, clock):
    board = StatusBoard(RunDirectory(tmp_path), total_steps=10)
    seen = []
    for step in range(1, 11):
        clock(0.2)
        board.post(step=step)
        seen.append(board.run.status().step)
    assert seen == [1, 1, 1, 4, 4, 4, 7, 7, 7, 10]
    board.post(now=True, state="finished")
    assert board.run.status().state == "finished"


def test_the_log_takes_any_text_and_a_log_that_cannot_be_written_stops_nothing(tmp_path):
    board = StatusBoard(RunDirectory(tmp_path), 1)
    board.log("surrogates \ud800 and ünïcode")
    assert "ünïcode" in (tmp_path / "log.txt").read_text(encoding="utf-8")
    (tmp_path / "log.txt").unlink()
    (tmp_path / "log.txt").mkdir()
    board.log("nowhere to go")


def test_the_rate_is_that_of_the_work_and_the_time_left_that_of_everything(clock):
    pace = Pace()
    for _ in range(10):
        clock(0.5)  # of which 0.1 were the step's own work
        pace.note(0.1)
    assert pace.steps_per_s() == pytest.approx(10.0)
    assert pace.seconds_for(20) == pytest.approx(10.0)


def test_the_rate_forgets_what_is_longer_ago_than_its_window(clock):
    pace = Pace()
    for _ in range(50):
        clock(0.1)
        pace.note(0.1)
    clock(status_board._WINDOW_S + 1)
    for _ in range(5):
        clock(0.02)
        pace.note(0.02)
    assert pace.steps_per_s() == pytest.approx(50.0)
