"""The pieces of a character model against torch's cross entropy, loops, and how often each character is drawn."""

import math
from itertools import pairwise

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from models.char_lm import batches, bits_per_character, nll, sample, split


@pytest.mark.parametrize(
    ("size", "share", "first"), [(17, 0.9, 15), (11, 0.5, 5), (20, 0.75, 15), (6, 1.0, 6), (1, 0.9, 0)]
)
def test_a_text_is_cut_once_and_in_order(size: int, share: float, first: int):
    train, held_out = split(torch.arange(size), share)
    assert train.tolist() == list(range(first))
    assert held_out.tolist() == list(range(first, size))


@pytest.mark.parametrize(
    ("size", "batch_size", "length"), [(25, 2, 3), (24, 2, 3), (49, 3, 5), (13, 3, 4), (12, 3, 4), (9, 1, 2)]
)
def test_every_place_is_the_one_that_the_formula_names(size: int, batch_size: int, length: int):
    pairs = batches(torch.arange(size), batch_size, length)
    count = (size - 1) // (batch_size * length)
    assert len(pairs) == count
    for k, (x, y) in enumerate(pairs):
        for b in range(batch_size):
            for s in range(length):
                place = b * count * length + k * length + s
                assert (x[b, s], y[b, s]) == (place, place + 1)


def test_rows_go_on_from_batch_to_batch_and_no_character_is_read_twice():
    pairs = batches(torch.arange(103), 4, 5)
    assert all(torch.equal(after[:, 0], y[:, -1]) for (_, y), (after, _) in pairwise(pairs))
    read = torch.cat([x.flatten() for x, _ in pairs])
    assert sorted(read.tolist()) == list(range(100))


def test_a_state_carried_through_the_batches_is_that_of_the_whole_row():
    torch.manual_seed(2)
    gru = torch.nn.GRU(1, 3, batch_first=True).double()
    pairs = batches(torch.randperm(61), 3, 4)
    state = None
    for x, _ in pairs:
        _, state = gru(x[..., None].double() / 61, state)
    rows = torch.cat([x for x, _ in pairs], dim=1)
    _, whole = gru(rows[..., None].double() / 61)
    assert state is not None
    assert torch.allclose(state, whole)


@pytest.mark.parametrize("shape", [(2, 3, 5), (4, 6), (2, 1)])
def test_the_loss_and_its_gradient_are_those_of_torch_s_cross_entropy(shape: tuple[int, ...]):
    logits = torch.randn(shape, dtype=torch.float64, requires_grad=True)
    targets = torch.randint(shape[-1], shape[:-1])
    expected = functional.cross_entropy(logits.flatten(0, -2), targets.flatten())
    assert torch.allclose(nll(logits, targets), expected)
    ours, theirs = (torch.autograd.grad(loss, logits)[0] for loss in (nll(logits, targets), expected))
    assert torch.allclose(ours, theirs)


def test_large_logits_give_neither_inf_nor_nan():
    logits = torch.tensor([[1000.0, 0.0, -1000.0]])
    assert nll(logits, torch.tensor([1])).item() == 1000.0


def test_uniform_guessing_among_65_symbols_costs_6_bits_and_a_little():
    nats = nll(torch.zeros(7, 65), torch.arange(7)).item()
    assert nats == pytest.approx(math.log(65), rel=1e-6)
    assert nats == pytest.approx(4.174, abs=5e-4)
    assert bits_per_character(nats) == pytest.approx(6.02, abs=5e-3)
    assert 2 ** bits_per_character(nats) == pytest.approx(65, rel=1e-5)
    assert bits_per_character(math.log(2)) == 1.0


def expected_shares(logits: Tensor, temperature: float) -> Tensor:
    powers = [math.exp(value / temperature) for value in logits.tolist()]
    return torch.tensor([power / sum(powers) for power in powers])


@pytest.mark.parametrize("temperature", [0.3, 1.0, 2.5, 50.0])
def test_characters_come_as_often_as_their_probabilities_say(temperature: float):
    """20,000 draws: five standard deviations are at most 5 sqrt(0.25 / 20000) = 0.018."""
    logits = torch.tensor([2.0, 0.5, 0.0, -1.0])
    ids = sample(logits.expand(20_000, -1), temperature, torch.Generator().manual_seed(6))
    shares = torch.bincount(ids, minlength=4) / 20_000
    assert (shares - expected_shares(logits, temperature)).abs().max() < 0.018


def test_rows_are_drawn_apart_from_each_other():
    """Neighbours agree as often as chance has it: sum of p squared."""
    logits = torch.tensor([1.0, 0.0, 0.5])
    ids = sample(logits.expand(20_000, -1), 1.0, torch.Generator().manual_seed(7))
    agreeing = (ids[1:] == ids[:-1]).float().mean()
    assert abs(agreeing - expected_shares(logits, 1.0).square().sum()) < 0.018


def test_the_generator_alone_decides():
    logits = torch.randn(50, 9)
    before = torch.get_rng_state()
    first, second = (torch.Generator().manual_seed(3) for _ in range(2))
    drawn = sample(logits, 1.0, first)
    assert torch.equal(drawn, sample(logits, 1.0, second))
    assert not torch.equal(drawn, sample(logits, 1.0, first))
    assert torch.equal(before, torch.get_rng_state())
