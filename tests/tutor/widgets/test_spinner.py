import time

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.rows import plain
from tutor.widgets.spinner import INTERVAL_S, Spinner


def test_a_spinner_says_what_it_waits_for_and_since_when(monkeypatch):
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    spinner = Spinner("checking", ASCII)
    assert plain([spinner.draw()]) == ["| checking   0:00"]
    now += 3 * INTERVAL_S
    assert plain([spinner.draw()]) == ["\\ checking   0:02"]


def test_it_turns_twice_a_second_and_no_faster():
    assert INTERVAL_S == 0.5
    assert all(sign.isascii() for sign in plain([Spinner("x", ASCII).draw()]))
    assert plain([Spinner("x", UNICODE).draw()])[0][0] == "◐"
