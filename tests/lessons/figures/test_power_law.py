import subprocess
import sys
from math import sqrt
from pathlib import Path

import pytest

from lessons.figures.power_law import crossing, exponent

ROOT = Path(__file__).resolve().parents[3]
LENGTHS = (32, 64, 128, 256, 512, 1024)


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_is_found(power):
    assert exponent({n: 3e-6 * n**power for n in LENGTHS}) == pytest.approx(power)


def test_short_lengths_can_be_left_out_and_one_point_has_no_slope():
    costs = {n: 2.0 * n**2 * 64 + 4.0 * n * 64**2 for n in LENGTHS}
    whole, long = exponent(costs), exponent(costs, 256)
    assert whole
    assert long
    assert 1.2 < whole < long < 2
    assert exponent({64: 1.0, 128: 2.0}, 100) is None


def test_the_crossing_lies_where_both_cost_the_same():
    d = 64
    attention = {n: 2.0 * n**2 * d + 4.0 * n * d**2 for n in LENGTHS}
    lstm = {n: 8.0 * n * d**2 for n in LENGTHS}
    assert crossing(attention, lstm) == pytest.approx(2 * d, rel=0.01)
    squares = {n: float(n**2) for n in LENGTHS}
    assert crossing(squares, {n: n * 100 * sqrt(2) for n in LENGTHS}) == pytest.approx(100 * sqrt(2), rel=0.01)
    assert crossing(lstm, attention) is None


def test_of_several_crossings_the_last_one_counts():
    found = crossing({1: 2.0, 2: 1.0, 4: 4.0, 8: 1.0, 16: 4.0}, dict.fromkeys((1, 2, 4, 8, 16), 2.0))
    assert found
    assert found > 8


def test_it_needs_no_torch():
    code = "import sys, lessons.figures.power_law; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
