from itertools import pairwise

import pytest

from models.schedules import divided_by_ten_twice, image_size, one_cycle


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


def test_images_grow_in_equal_shares_and_have_their_full_size_after_the_given_share():
    sizes = [image_size(step, 100, 20, 32, 0.6) for step in range(100)]
    assert [sizes.count(size) for size in (20, 24, 28, 32)] == [20, 20, 20, 40]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize(("first", "grown_after"), [(32, 0.6), (40, 0.6), (20, 0.0)])
def test_images_that_need_not_grow_have_their_full_size_at_once(first, grown_after):
    assert {image_size(step, 10, first, 32, grown_after) for step in range(10)} == {32}
