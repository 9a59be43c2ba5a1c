"""The terms against torch's own LSTM: they add up to its cell state, at each step and for each unit."""

import pytest
import torch
from torch import nn

from lessons.figures.cell_memory import half_life, kept_shares, written_terms


def test_the_terms_add_up_to_the_cell_state_of_torchs_own_layer():
    torch.manual_seed(1)
    cell, x = nn.LSTMCell(3, 4, dtype=torch.float64), torch.randn(9, 3, dtype=torch.float64)
    h, c = torch.zeros(2, 4, dtype=torch.float64)
    gates: dict[str, list[torch.Tensor]] = {name: [] for name in "ifg"}
    with torch.no_grad():
        for step, each in enumerate(x):
            rows = cell.weight_ih @ each + cell.bias_ih + cell.weight_hh @ h + cell.bias_hh
            a = dict(zip("ifgo", rows.chunk(4), strict=True))
            for name, value in (("i", a["i"].sigmoid()), ("f", a["f"].sigmoid()), ("g", a["g"].tanh())):
                gates[name].append(value)
            h, c = cell(each, (h, c))
            for unit in range(4):
                i, f, g = ([float(value[unit]) for value in gates[name]] for name in "ifg")
                assert sum(written_terms(i, f, g, step)) == pytest.approx(float(c[unit]), rel=1e-12)


def test_a_share_is_the_product_of_the_forget_gates_since():
    assert kept_shares([0.3, 0.5, 0.8, 0.1], 2) == pytest.approx([0.4, 0.8, 1.0])
    assert kept_shares([0.3], 0) == [1.0]


def test_half_is_left_as_far_back_as_the_product_stays_above_it():
    assert half_life([0.9, 0.9, 0.9, 0.9], 3) == 3
    assert half_life([0.9] * 20, 19) == 6  # 0.9^6 = 0.53, 0.9^7 = 0.48
    assert half_life([0.9, 0.9, 0.2], 2) == 0
