"""The copy task, against its definition and its baseline."""

import pytest
import torch
from torch.nn.functional import cross_entropy

from models.datasets.copying import BASELINE, BLANK, NUM_LETTERS, NUM_SYMBOLS, SIGNAL, copying_batch


def batch(length, size=500, seed=0):
    return copying_batch(length, size, torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("length", [1, 20, 100])
def test_ten_letters_a_silence_a_signal_and_ten_steps_to_answer(length):
    ids, letters = batch(length)
    assert (ids.shape, letters.shape) == ((500, length + 20), (500, 10))
    assert ids.dtype == letters.dtype == torch.int64
    assert torch.equal(ids[:, :10], letters)
    assert ids[:, 10 : 9 + length].eq(BLANK).all()
    assert ids[:, 9 + length].eq(SIGNAL).all()
    assert ids[:, 10 + length :].eq(BLANK).all()
    assert set(letters.unique().tolist()) == set(range(NUM_LETTERS))


def test_any_letter_as_likely_as_another_costs_ln_8_where_letters_are_asked_for():
    _, letters = batch(20)
    logits = torch.full((NUM_SYMBOLS,), -1e4)
    logits[:NUM_LETTERS] = 0.0  # it knows that letters are due, and not which
    cost = cross_entropy(logits.expand(letters.numel(), -1), letters.flatten())
    assert float(cost) == pytest.approx(BASELINE)


def test_a_seed_tells_the_batch():
    assert torch.equal(batch(20, seed=3)[0], batch(20, seed=3)[0])
    assert not torch.equal(batch(20, seed=3)[0], batch(20, seed=4)[0])
