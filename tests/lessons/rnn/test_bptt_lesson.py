"""Each number and equation of the lesson on back-propagation through time, computed again."""

import re

import pytest
import torch

from lessons.catalog import LESSONS
from lessons.figures.jacobian_chain import STEPS, JacobianChain
from models.bptt import bptt
from models.recurrence import rnn_forward

TEXT = (LESSONS / "rnn" / "bptt.md").read_text(encoding="utf-8")
TABLE = re.findall(r"^\| (rotation|random|shear) \|(.*)\|$", TEXT, re.MULTILINE)


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def rounded_like(value: float, told: str) -> bool:
    return value == pytest.approx(float(told.replace(",", "")), rel=0.06)


@pytest.mark.parametrize(("matrix", "cells"), TABLE)
def test_the_table_is_what_the_figure_shows(matrix: str, cells: str):
    radius, *told = (cell.strip() for cell in cells.split("|"))
    chain = JacobianChain(matrix, float(radius), inputs=0.5)
    for value, number in zip((chain.sigma_max, chain.bound[-1], chain.powers[-1], chain.norms[-1]), told, strict=True):
        assert rounded_like(value, number), (value, number)


def test_all_six_rows_are_there_and_the_words_below_them_hold():
    assert len(TABLE) == 6
    assert STEPS == 24
    wide = [JacobianChain(matrix, float(cells.split("|")[0]), inputs=2.0) for matrix, cells in TABLE]
    assert max(chain.norms[-1] for chain in wide) < 0.2
    shear = torch.tensor(JacobianChain("shear", 0.9).u, dtype=torch.float64)
    assert torch.linalg.matrix_norm(torch.linalg.matrix_power(shear, 400), 2) < 1e-9  # "gone" after a few hundred
    saturated = JacobianChain("shear", 1.5, inputs=0.5)
    assert sum(abs(h) > 0.9 for state in saturated.states[2:] for h in state) > 0.5 * 23 * 4


def test_the_gradient_by_hand_and_the_three_slips():
    u, h = 2.0, [1.0, 2.0, 4.0, 8.0]
    da = [u**2, u, 1.0]
    assert sum(d * before for d, before in zip(da, h[:3], strict=True)) == 12 == 3 * u**2
    assert (h[2], sum(d * after for d, after in zip(da, h[1:], strict=True)), sum(h[:3])) == (4, 24, 7)
    says("= 12 = 3 u^2", "Only the last step: 4.", "8 + 8 + 8 = 24", "4 + 2 + 1 = 7", "0.8 has the slope 0.36")
    assert pytest.approx(0.36) == 1 - 0.8**2


def test_the_loop_of_page_2_is_the_exercises_reference_and_the_sum_of_page_4():
    generator = torch.Generator().manual_seed(3)
    x, h0, w, u, b = (
        torch.randn(shape, generator=generator, dtype=torch.float64)
        for shape in ((5, 1, 3), (1, 4), (4, 3), (4, 4), (4,))
    )
    h = rnn_forward(x, h0, w, u, b)
    dh = torch.zeros_like(h)
    dh[-1] = torch.randn(1, 4, generator=generator, dtype=torch.float64)
    before, total = torch.cat([h0[None], h[:-1]]), torch.zeros(4, 4, dtype=torch.float64)
    product = torch.eye(4, dtype=torch.float64)
    for t in reversed(range(5)):
        slopes = torch.diag(1 - h[t, 0] ** 2)
        da = slopes @ product.T @ dh[-1, 0]
        total += torch.outer(da, before[t, 0])
        product = product @ slopes @ u
    torch.testing.assert_close(bptt(dh, x, h0, h, w, u)[3], total)


def test_a_matrix_of_radius_0_9_that_stretches_fivefold():
    u = torch.tensor([[0.9, 5.0], [0.0, 0.9]])
    assert torch.linalg.eigvals(u).abs().tolist() == pytest.approx([0.9, 0.9])
    assert (u @ torch.tensor([0.0, 1.0])).tolist() == pytest.approx([5.0, 0.9])


def test_the_costs_of_going_forwards():
    units, steps = 100, 1
    assert steps * units**4 / (2 * steps * units**2) == 5000
    says("for H = 100 that is 5,000", f"the states are {64 * 100 * 256:,} numbers")
