import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.drawing.axis import axis_end, linear_axis, log_axis, step_axis

VALUES = st.floats(-1e30, 1e30, allow_nan=False)


@given(VALUES, VALUES, st.integers(2, 12))
def test_a_linear_axis_contains_its_values_between_two_ticks(a, b, max_ticks):
    low, high = sorted((a, b))
    axis = linear_axis(low, high, max_ticks)
    slack = (axis.high - axis.low) * 1e-6
    assert axis.low <= low + slack
    assert axis.high >= high - slack
    assert axis.low < axis.high
    assert len(axis.ticks) == len(axis.labels)
    assert 2 <= len(axis.ticks) <= 2 * max_ticks + 2


@given(st.floats(1e-30, 1e30), st.floats(1e-30, 1e30), st.integers(2, 12))
def test_a_log_axis_contains_its_values_and_has_ticks_inside(a, b, max_ticks):
    low, high = sorted((a, b))
    axis = log_axis(low, high, max_ticks)
    assert axis.low <= math.log10(low) + 1e-6
    assert axis.high >= math.log10(high) - 1e-6
    assert axis.ticks
    assert all(axis.low - 1e-9 <= tick <= axis.high + 1e-9 for tick in axis.ticks)


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(20, 200))
def test_a_step_axis_ends_at_both_steps_exactly_and_its_ticks_ascend(a, b, width):
    first, last = sorted((a, b))
    axis = step_axis(first, last, width)
    assert axis.ticks[0] == first
    assert axis.ticks[-1] == last
    assert list(axis.ticks) == sorted(set(axis.ticks))


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [(0.02, 2.3, ("0", "1", "2", "3")), (0.91, 0.99, ("0.90", "0.95", "1.00")), (0, 1, ("0.0", "0.5", "1.0"))],
)
def test_ticks_are_round_numbers(low, high, labels):
    got = linear_axis(low, high, 4).labels
    assert tuple(float(label) for label in got) == tuple(float(label) for label in labels)


def test_a_constant_series_gets_room_on_both_sides():
    axis = linear_axis(0.5, 0.5, 4)
    assert axis.low < 0.5 < axis.high


def test_a_short_log_axis_names_one_two_five_and_a_long_one_powers_of_ten():
    assert log_axis(0.2, 2, 8).labels == ("0.2", "0.5", "1", "2")
    assert all(float(label) in (0.001, 0.01, 0.1, 1, 10) for label in log_axis(0.001, 5, 5).labels)


@pytest.mark.parametrize(("step", "end"), [(0, 100), (99, 100), (101, 200), (399, 400), (401, 800), (800, 800)])
def test_a_growing_run_rescales_three_times_only(step, end):
    assert axis_end(step, 800) == end


def test_a_run_of_unknown_length_ends_where_it_is():
    assert axis_end(70, 0) == 70
    assert axis_end(0, 0) == 1
