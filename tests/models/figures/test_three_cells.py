"""The three cells' numbers against counts by formula, and what the lesson says of who remembers."""

import pytest
import torch

from models.datasets.adding import BASELINE, adding_batch
from models.figures.settings import BadSetting
from models.figures.three_cells import CELLS, answer


@pytest.fixture(scope="module")
def measured():
    return answer({"steps": 20, "hidden": 32, "seed": 0})


def test_parameters_are_blocks_times_width(measured):
    counts = {name: cell["parameters"] for name, cell in measured["cells"].items()}
    blocks = {"RNN": 1, "LSTM": 4, "GRU": 3}
    assert counts == {name: blocks[name] * 32 * (2 + 32 + 2) for name in CELLS}


def test_at_twenty_numbers_gates_remember_and_a_vanilla_net_does_no_better_than_a_constant(measured):
    last = {name: cell["losses"][-1] for name, cell in measured["cells"].items()}
    assert last["RNN"] > 0.8 * BASELINE
    assert last["LSTM"] < 0.3 * BASELINE
    assert last["GRU"] < 0.3 * BASELINE


def test_the_baseline_is_the_error_of_always_answering_one():
    _, y = adding_batch(30, 200_000, torch.Generator().manual_seed(1))
    assert float((y - 1).square().mean()) == pytest.approx(BASELINE, rel=0.01)


def test_losses_repeat_with_the_seed_and_a_wrong_setting_is_named(measured):
    again = answer({"steps": 20, "hidden": 32, "seed": 0})
    assert {name: cell["losses"] for name, cell in again["cells"].items()} == {
        name: cell["losses"] for name, cell in measured["cells"].items()
    }
    with pytest.raises(BadSetting, match="steps cannot be 11"):
        answer({"steps": 11})
