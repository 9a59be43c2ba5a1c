"""Each number and equation of the lesson on cell and hidden state, computed again."""

import re
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from lessons.figures.cell_memory import half_life
from models.figures.lstm_cell import answer
from models.rnn_presets import layer_parameters

TEXT = (Path(__file__).parents[3] / "lessons/rnn/cell_and_hidden.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def test_what_is_left_after_24_characters():
    says(f"With f = 0.97 there are {0.97**24:.0%} left after 24 characters")
    says(f"with 0.5 there are {0.5**24 * 100:.6f}%")


def test_the_whole_derivative_has_the_direct_part_and_one_by_way_of_h():
    torch.manual_seed(2)
    cell = nn.LSTMCell(2, 3, dtype=torch.float64)
    x, c, o = (torch.randn(size, dtype=torch.float64) for size in (2, 3, 3))
    o = o.sigmoid()

    def gates(h: Tensor) -> dict[str, Tensor]:
        rows = cell.weight_ih @ x + cell.bias_ih + cell.weight_hh @ h + cell.bias_hh
        return dict(zip("ifgo", rows.chunk(4), strict=True))

    def step(c: Tensor, h: Tensor) -> Tensor:
        return cell(x, (h, c))[1]

    h = o * c.tanh()
    whole = torch.autograd.functional.jacobian(lambda before: step(before, o * before.tanh()), c)
    by_h = torch.autograd.functional.jacobian(lambda shown: step(c, shown), h)
    assert isinstance(whole, Tensor)
    assert isinstance(by_h, Tensor)
    direct = torch.diag(gates(h)["f"].sigmoid())
    torch.testing.assert_close(whole, direct + by_h @ torch.diag(o * (1 - c.tanh() ** 2)))


def test_with_constant_gates_c_ends_below_i_over_1_minus_f():
    i, f, c = 0.6, 0.9, 0.0
    for _ in range(500):
        c = f * c + i * 1.0
    assert c == pytest.approx(i / (1 - f))
    says("c ends below i / (1 - f)")


def test_a_gru_has_one_block_less():
    says("H (D + H + 1) more weights")
    shape = (7, 5, 1)
    difference = layer_parameters("lstm", *shape) - layer_parameters("gru", *shape)
    assert difference == 7 * (5 + 7 + 1) + 7  # and torch's second bias


def moved(values: Tensor) -> float:
    """The mean step as a share of the range, over all units."""
    steps = (values[:, 1:] - values[:, :-1]).abs().mean(1)
    return (steps / (values.max(1).values - values.min(1).values)).mean().item()


def test_c_is_calm_and_h_jumps_as_the_table_says():
    told = answer({"text": 0})
    c, h = (torch.tensor(told["signals"][name]) for name in "ch")
    rows = dict(re.findall(r"^\| ([ch]) \| \d+ \| (\d\.\d+) \|$", TEXT, re.MULTILINE))
    assert moved(c) == pytest.approx(float(rows["c"]), abs=0.06)
    assert moved(h) == pytest.approx(float(rows["h"]), abs=0.12)
    assert moved(h) > 2 * moved(c)
    assert h.abs().max() <= 1
    assert c.abs().max() > 8


def test_in_most_units_the_terms_reach_back_a_few_characters_and_in_one_further():
    told = answer({"text": 0})
    back = sorted(half_life(f, len(f) - 1) for f in told["signals"]["f"])
    assert back[len(back) // 2] <= 12
    assert back[-1] >= 8
