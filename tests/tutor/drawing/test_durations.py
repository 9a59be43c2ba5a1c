import pytest

from tutor.drawing.durations import ago, duration, heartbeat, number, percent, size


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0:00"), (38.4, "0:38"), (725, "12:05"), (11_400, "3:10:00"), (190_000, "2 d 4 h"), (-3, "0:00")],
)
def test_a_span_reads_like_a_clock(seconds, words):
    assert duration(seconds) == words


@pytest.mark.parametrize("unknown", [None, float("nan"), float("inf")])
def test_an_unknown_span_is_a_dash(unknown):
    assert duration(unknown) == "-"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "never"), (-60, "just now"), (59, "just now"), (300, "5 min ago"), (7300, "2 h ago"),
     (90_000, "yesterday"), (600_000, "6 days ago")],
)  # fmt: skip
def test_ago_is_a_word_a_learner_would_use(seconds, words):
    assert ago(seconds) == words


def test_a_heartbeat_is_told_to_the_second_while_it_is_young():
    assert [heartbeat(s) for s in (None, -1, 4.9, 61)] == ["never", "0 s ago", "4 s ago", "1 min ago"]


def test_sizes_have_two_digits_at_most_before_the_unit_changes():
    assert [size(n) for n in (812, 4_200, 31_000_000, 2_500_000_000)] == ["812 B", "4.2 kB", "31 MB", "2.5 GB"]


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "-"), (0.2134, "0.213"), (0.0, "0.000"), (2.3e-5, "2.3e-05"), (1234.5, "1234"), (1e30, "1.0e+30"),
     (float("nan"), "nan"), (float("-inf"), "-inf")],
)  # fmt: skip
def test_a_number_takes_at_most_eight_characters(value, words):
    assert number(value) == words
    assert len(number(value)) <= 8


def test_a_share_is_a_percentage():
    assert [percent(v) for v in (0.9722, 1.0, None, float("nan"))] == ["97.2 %", "100.0 %", "-", "-"]
