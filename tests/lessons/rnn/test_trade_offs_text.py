"""Numbers and claims of the lesson on trade-offs, computed or trained again."""

import math
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from models.figures.three_cells import BATCH, CELLS, ITERATIONS, RATE, TASKS, measured, start_gates
from models.rnn_presets import layer_parameters

TEXT = (Path(__file__).parents[3] / "lessons/rnn/trade_offs.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def counted(task: str, steps: int) -> list[int]:
    row = next(line for line in TEXT.splitlines() if line.startswith(f"| {task}, {steps} |"))
    return [int(cell) for cell in row.strip("|").split("|")[1:]]


def trained(cell: str, steps: int, gates: str, seed: int = 0) -> tuple[nn.RNNBase, nn.Linear]:
    """A net of the figure's copy task."""
    torch.manual_seed(seed)
    layers, head = CELLS[cell](10, 32, batch_first=True), nn.Linear(32, 8)
    start_gates(layers, gates, steps + 2)
    weights = [*layers.parameters(), *head.parameters()]
    optimizer, generator = torch.optim.Adam(weights, lr=RATE), torch.Generator().manual_seed(seed)
    for _ in range(ITERATIONS):
        x, y = TASKS["copy"].batch(steps, BATCH, generator)
        loss = nn.functional.cross_entropy(head(layers(x)[0][:, -1]), y)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
    return layers, head


@torch.no_grad()
def right_after(net: tuple[nn.RNNBase, nn.Linear], steps: int) -> float:
    """The share of the eight letters that it says rightly after that many steps."""
    layers, head = net
    ids = torch.full((8, steps + 2), 8)
    ids[:, 0] = torch.arange(8)
    ids[:, steps] = 9
    said: Tensor = head(layers(nn.functional.one_hot(ids, 10).float())[0][:, -1]).argmax(-1)
    return float((said == torch.arange(8)).float().mean())


def test_parameters_are_one_four_and_three_blocks_and_widths_at_equal_cost():
    blocks = {"rnn": 1, "gru": 3, "lstm": 4}
    for cell, count in blocks.items():
        biases = 1 if cell == "rnn" else 2
        assert layer_parameters(cell, 50, 0, 1) == count * 50 * (50 + biases)
    says("RNN twice as wide as the LSTM,   GRU sqrt(4/3) = 1.15 times")
    assert round(math.sqrt(4 / 3), 2) == 1.15


def test_a_guess_and_a_constant():
    says("1/12 + 1/12 = 1/6 = 0.167", f"ln 8 = {math.log(8):.2f} nats")
    assert round(1 / 6, 3) == 0.167


def test_memory_by_the_bias():
    assert 1 / (1 - 1 / (1 + math.exp(-1))) == pytest.approx(1 + math.e)
    says(
        f"b = 1, the usual start of an LSTM, gives {1 + math.e:.1f} steps",
        f"80 factors of {1 / (1 + math.exp(-1)):.2f}",
    )
    assert 1 + math.exp(math.log(80 - 1)) == pytest.approx(80)
    says("f = 0.95 that is 20 steps, with f = 0.99 it is 100")


@pytest.mark.parametrize("cell", ["LSTM", "GRU"])
def test_at_forty_steps_gates_started_for_it_have_the_letter_and_usual_ones_do_not(cell):
    usual, for_t = (measured(cell, "copy", 40, 32, gates, 0)["losses"][-1] for gates in ("usual", "for T"))
    half = 0.5 * math.log(8)
    assert for_t < half < usual
    column = ["RNN", "LSTM", "GRU"].index(cell)
    assert (counted("copy", 40)[column], counted("copy", 40)[column + 2]) == (0, 3)


def test_adding_forty_numbers_is_a_matter_of_the_gates_start_for_an_lstm():
    usual, for_t = (measured("LSTM", "adding", 40, 32, gates, 0)["losses"][-1] for gates in ("usual", "for T"))
    assert for_t < 1 / 12 < usual
    assert counted("adding", 40) == [0, 0, 3, 3, 3]


def test_at_ten_numbers_the_vanilla_net_has_begun():
    assert 1 / 12 < measured("RNN", "adding", 10, 32, "usual", 0)["losses"][-1] < 0.12
    says("At T = 10 the vanilla net has begun (0.09 instead of 0.167), at 20 it says 1")


def test_a_vanilla_net_has_a_clock_and_a_gated_one_stands_still():
    vanilla, gated = trained("RNN", 20, "usual"), trained("LSTM", 20, "for T")
    assert [right_after(vanilla, steps) for steps in (20, 19, 21)] == [1.0, 0.0, 0.0]
    assert [right_after(gated, steps) for steps in (2, 10, 19, 20, 21, 40, 80)] == [1.0] * 7
    with torch.no_grad():
        silence = nn.functional.one_hot(torch.full((1, 60), 8), 10).float()
        moves = [
            (states[:, 30:] - states[:, 29:-1]).norm(dim=-1).mean() / states.norm(dim=-1).mean()
            for states in (vanilla[0](silence)[0], gated[0](silence)[0])
        ]
    assert moves[0] > 0.5
    assert moves[1] < 0.1
