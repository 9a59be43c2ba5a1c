from itertools import pairwise

import pytest

from models.schedules import divided_by_ten_twice, one_cycle


def test_one_cycle_rises_to_its_peak_falls_and_never_stands_still():
    rates = [one_cycle(step, 100, 0.4, 0.25) for step in range(100)]
    assert max(rates) == pytest.approx(0.4)
    assert rates.index(max(rates)) == 25
    assert all(before < after for before, after in pairwise(rates[:26]))
    assert all(before > after for before, after in pairwise(rates[25:]))
    assert 0 < rates[-1] < 0.01
    assert 0 < rates[0] < 0.02


def test_one_cycle_without_a_warmup_or_with_nothing_else_stays_between_zero_and_its_peak():
    for warmup in (0.0, 1.0):
        for total in (1, 2, 7):
            assert all(0 < one_cycle(step, total, 0.1, warmup) <= 0.1 + 1e-12 for step in range(total))


@pytest.mark.parametrize(
    ("step", "rate"), [(0, 0.1), (31_999, 0.1), (32_000, 0.01), (47_999, 0.01), (48_000, 0.001), (63_999, 0.001)]
)
def test_the_papers_rate_is_divided_by_ten_at_32k_and_48k(step, rate):
    assert divided_by_ten_twice(step, 64_000, 0.1, 0.0) == pytest.approx(rate)


def test_the_papers_warmup_lasts_400_steps_at_a_tenth():
    rates = [divided_by_ten_twice(step, 64_000, 0.1, 400 / 64_000) for step in (0, 399, 400)]
    assert rates == pytest.approx([0.01, 0.01, 0.1])
