"""The three cells' numbers against counts by formula, tasks by hand, and what the lesson says of who remembers."""

from math import exp, log

import pytest
import torch
from torch import nn

from models.datasets.adding import adding_batch
from models.figures.settings import BadSetting
from models.figures.three_cells import BATCH, CELLS, ITERATIONS, TASKS, answer, measured, start_gates

BLOCKS = {"RNN": 1, "LSTM": 4, "GRU": 3}


@pytest.fixture(scope="module")
def adding():
    return answer({"task": "adding", "steps": 20, "hidden": 32, "gates": "usual", "seed": 0})


@pytest.mark.parametrize(("task", "inputs"), [("adding", 2), ("copy", 10)])
def test_parameters_are_blocks_times_width(monkeypatch, task, inputs):
    monkeypatch.setattr("models.figures.three_cells.ITERATIONS", 10)
    counts = {name: cell["parameters"] for name, cell in answer({"task": task, "hidden": 16})["cells"].items()}
    assert counts == {name: BLOCKS[name] * 16 * (inputs + 16 + 2) for name in CELLS}


def test_at_twenty_numbers_gates_remember_and_a_vanilla_net_does_no_better_than_a_constant(adding):
    last = {name: cell["losses"][-1] for name, cell in adding["cells"].items()}
    assert last["RNN"] > 0.8 * adding["baseline"]
    assert last["LSTM"] < 0.4 * adding["baseline"]
    assert last["GRU"] < 0.3 * adding["baseline"]


def test_the_baselines_are_the_errors_of_nets_that_remember_nothing():
    _, y = adding_batch(30, 200_000, torch.Generator().manual_seed(1))
    assert float((y - 1).square().mean()) == pytest.approx(TASKS["adding"].baseline, rel=0.01)
    x, y = TASKS["copy"].batch(30, 500, torch.Generator().manual_seed(1))
    assert float(TASKS["copy"].loss(torch.zeros(500, 8), y)) == pytest.approx(TASKS["copy"].baseline)
    assert TASKS["copy"].baseline == pytest.approx(log(8))
    assert x.shape == (500, 32, 10)
    assert torch.equal(x[:, 0].argmax(-1), y)
    assert x[:, 1:, :8].sum() == 0  # nothing but blanks and the signal after the letter


def test_losses_are_those_of_a_loop_written_again(adding):
    torch.manual_seed(0)
    lstm, head = nn.LSTM(2, 32, batch_first=True), nn.Linear(32, 1)
    with torch.no_grad():
        dict(lstm.named_parameters())["bias_ih_l0"][32:64] = 1.0
        dict(lstm.named_parameters())["bias_hh_l0"][32:64] = 0.0
    optimizer = torch.optim.Adam([*lstm.parameters(), *head.parameters()], lr=1e-2)
    generator, losses = torch.Generator().manual_seed(0), []
    for _ in range(20):
        x, y = adding_batch(20, BATCH, generator)
        loss = (head(lstm(x)[0][:, -1]).flatten() - y).square().mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*lstm.parameters(), *head.parameters()], 1.0)
        optimizer.step()
        losses.append(loss.item())
    assert len(adding["cells"]["LSTM"]["losses"]) == ITERATIONS // 10
    expected = [sum(losses[:10]) / 10, sum(losses[10:]) / 10]
    assert adding["cells"]["LSTM"]["losses"][:2] == pytest.approx(expected, rel=0.02)


def both_biases(layers: nn.RNNBase) -> torch.Tensor:
    """What the pre-activations get without any input."""
    state = layers.state_dict()
    return state["bias_ih_l0"] + state["bias_hh_l0"]


@pytest.mark.parametrize(("kind", "gate", "blocks"), [(nn.LSTM, 1, 4), (nn.GRU, 1, 3)])
def test_gates_set_for_t_start_with_a_memory_of_two_to_t_steps(kind, gate, blocks):
    torch.manual_seed(3)
    layers = kind(2, 500)
    start_gates(layers, "for T", 42)
    biases = both_biases(layers)
    bias = biases.chunk(blocks)[gate]
    memory = 1 / (1 - bias.sigmoid())
    assert 2 <= memory.min() < 3
    assert 41 < memory.max() <= 42
    assert memory.mean() == pytest.approx(22, rel=0.05)
    if kind is nn.LSTM:
        assert torch.allclose(biases.chunk(4)[0], -bias)


def test_the_usual_start_is_a_forget_bias_of_one_and_leaves_the_others():
    layers, plain = nn.LSTM(2, 5), nn.GRU(2, 5)
    before = {name: value.clone() for name, value in plain.state_dict().items()}
    start_gates(layers, "usual", 20)
    start_gates(plain, "usual", 20)
    assert both_biases(layers).chunk(4)[1].sigmoid().tolist() == pytest.approx([1 / (1 + exp(-1))] * 5)
    assert all(torch.equal(value, before[name]) for name, value in plain.state_dict().items())


def test_one_letter_a_vanilla_net_has_for_one_length_and_gates_set_for_it_hold_it_for_any():
    last = {
        (cell, gates): measured(cell, "copy", 20, 32, gates, 0)
        for cell, gates in (("RNN", "usual"), ("LSTM", "usual"), ("LSTM", "for T"))
    }
    assert last["RNN", "usual"]["losses"][-1] < 0.1
    assert last["RNN", "usual"]["at_double"] > log(8)
    assert last["LSTM", "usual"]["losses"][-1] > 0.5 * log(8)
    assert last["LSTM", "for T"]["losses"][-1] < 0.1
    assert last["LSTM", "for T"]["at_double"] < 0.2


def test_losses_repeat_with_the_seed_and_a_wrong_setting_is_named(monkeypatch):
    monkeypatch.setattr("models.figures.three_cells.ITERATIONS", 20)
    first, again = ([cell["losses"] for cell in answer({"seed": 4})["cells"].values()] for _ in range(2))
    assert first == again
    with pytest.raises(BadSetting, match="steps cannot be 11"):
        answer({"steps": 11})
    with pytest.raises(BadSetting, match="gates cannot be"):
        answer({"gates": "open"})
