"""Each number and equation of the lesson on gates, computed again."""

import math
import re
from pathlib import Path

import pytest
import torch
from torch import nn

from models.figures.lstm_cell import CHARACTERS, TEXTS, answer
from models.rnn_presets import layer_parameters

TEXT = (Path(__file__).parents[3] / "lessons/rnn/gates.md").read_text(encoding="utf-8")
ABOUT = 0.15  # shares of a cell that another processor trains with other roundings


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def half_life(f: float) -> float:
    return math.log(0.5) / math.log(f)


def sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def test_sums_and_half_lives_of_a_constant_gate():
    says(f"f = 0.9 gives a sum of {1 / (1 - 0.9):.0f} and a half-life of {half_life(0.9):.1f} characters")
    says(f"f = 0.99 gives {1 / (1 - 0.99):.0f} and {half_life(0.99):.0f}.")
    says(f"For f = 0.9 that is {math.log(0.9 / 0.1):.1f}, for 0.99 it is {math.log(0.99 / 0.01):.1f}.")
    says(f"a bias of 1 at f = {sigmoid(1):.2f} with a half-life of {half_life(sigmoid(1)):.1f}")


def test_where_a_gate_is_sure_and_what_its_slope_is_there():
    assert sigmoid(-2.2) == pytest.approx(0.1, abs=2e-3)
    assert sigmoid(2.2) == pytest.approx(0.9, abs=2e-3)
    says(*(f"{s * (1 - s):.2g} at s = {s}" for s in (0.5, 0.9, 0.99)))


def test_a_cell_with_constant_gates_is_the_moving_average_of_page_3():
    f, i = 0.8, 0.3
    g = torch.rand(7, dtype=torch.float64) * 2 - 1
    cell = nn.LSTMCell(1, 1, dtype=torch.float64)
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
        cell.bias_ih.copy_(torch.tensor([math.log(i / (1 - i)), math.log(f / (1 - f)), 0, 0]))
        cell.weight_ih[2] = 1  # the candidate alone reads x
        c = h = torch.zeros(1, 1, dtype=torch.float64)
        for each in g.atanh():
            h, c = cell(each.view(1, 1), (h, c))
    told = sum(i * f**back * float(value) for back, value in enumerate(g.flip(0)))
    assert float(c) == pytest.approx(told)


def test_parameters_of_a_leak_and_of_an_lstm():
    says("H (D + H + 2)  parameters", "4 H (D + H + 1)")
    inputs, hidden = 5, 7
    second_biases = 4 * hidden  # torch's LSTM has two
    assert layer_parameters("lstm", hidden, inputs, 1) - second_biases == 4 * hidden * (5 + 7 + 1)


def test_the_measured_shares_are_those_of_the_small_cell():
    told = [answer({"text": text}) for text in range(TEXTS)]
    says(f"the {TEXTS * CHARACTERS} characters of the five texts", f"its {told[0]['hidden']} units")
    for gate, name in (("i", "input"), ("f", "forget"), ("o", "output")):
        values = torch.tensor([each["signals"][gate] for each in told])
        (shut, wide, mean) = re.findall(rf"\| {name} {gate} \| (\d+)% \| (\d+)% \| (\d\.\d+) \|", TEXT)[0]
        assert (values < 0.1).float().mean().item() == pytest.approx(int(shut) / 100, abs=ABOUT)
        assert (values > 0.9).float().mean().item() == pytest.approx(int(wide) / 100, abs=ABOUT)
        assert values.mean().item() == pytest.approx(float(mean), abs=ABOUT)


def test_the_output_gate_shuts_most_often_and_most_gates_are_sure():
    told = [answer({"text": text}) for text in range(TEXTS)]
    shut = {gate: (torch.tensor([each["signals"][gate] for each in told]) < 0.1).float().mean() for gate in "ifo"}
    assert shut["o"] == max(shut.values())
    for gate in "ifo":
        values = torch.tensor([each["signals"][gate] for each in told])
        assert ((values < 0.1) | (values > 0.9)).float().mean() > 0.5
