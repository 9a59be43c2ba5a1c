"""The adding task, against its definition and its baseline."""

import pytest
import torch

from models.datasets.adding import BASELINE, adding_batch


def batch(length, size=4000, seed=0):
    return adding_batch(length, size, torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("length", [2, 11, 50])
def test_two_numbers_are_marked_one_in_each_half_and_their_sum_is_asked_for(length):
    x, y = batch(length)
    values, marks = x.unbind(-1)
    half = length // 2
    assert (x.shape, y.shape) == ((4000, length, 2), (4000,))
    assert set(marks.unique().tolist()) <= {0.0, 1.0}
    assert marks[:, :half].sum(1).eq(1).all()
    assert marks[:, half:].sum(1).eq(1).all()
    assert (marks.sum(0) > 0).all(), "every place is marked in some sequence"
    picked = values[marks.bool()].view(-1, 2)
    assert torch.allclose(y, picked[:, 0] + picked[:, 1])
    assert float(values.min()) >= 0.0
    assert float(values.max()) < 1.0


def test_always_answering_one_costs_a_sixth_and_no_other_constant_costs_less():
    _, y = batch(20, size=200_000)
    cost = {answer: float((y - answer).square().mean()) for answer in (0.9, 1.0, 1.1)}
    assert cost[1.0] == pytest.approx(BASELINE, abs=2e-3)
    assert min(cost, key=lambda answer: cost[answer]) == 1.0


def test_a_seed_tells_the_batch():
    assert torch.equal(batch(20, seed=3)[0], batch(20, seed=3)[0])
    assert not torch.equal(batch(20, seed=3)[0], batch(20, seed=4)[0])
