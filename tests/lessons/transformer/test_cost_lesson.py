"""Counts and claims of the lesson on cost, counted again; what a clock said there is a table of one machine."""

import re
from functools import partial

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from lessons.catalog import LESSONS
from models.attention import attention
from models.figures.cost_curves import kept_bytes
from models.multi_head_attention import MultiHeadAttention
from tutor.drawing.figures.cost_curves import full_ratio

TEXT = (LESSONS / "transformer" / "cost.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def row(name: str) -> list[float]:
    return [float(cell) for cell in re.findall(rf"^\| {name} \|(.+)\|$", TEXT, re.MULTILINE)[0].split("|")]


@pytest.mark.parametrize(("n", "heads"), [(16, 1), (40, 4)])
def test_an_attention_layer_has_the_multiply_adds_of_page_4(n, heads):
    d, layer = 32, MultiHeadAttention(32, heads, attention)
    x = torch.randn(1, n, d)
    with FlopCounterMode(display=False) as counter:
        layer(x, x, x)
    assert counter.get_total_flops() // 2 == 2 * n**2 * d + 4 * n * d**2


def test_an_lstm_has_eight_n_d_squared():
    d = 32
    weights = sum(p.numel() for p in nn.LSTM(d, d).parameters() if p.dim() == 2)
    assert weights == 8 * d**2
    assert full_ratio(2 * d, d) == 1
    assert full_ratio(d, d) == 3 / 4
    says("attention has (2 + 4) / 8 = 3/4")


def test_the_tables_ratios_belong_to_its_lengths_and_times():
    lengths = row("n")
    assert row("ratio, in full") == pytest.approx([full_ratio(int(n), 64) for n in lengths])
    assert row("ratio, Table 1") == pytest.approx([n / 64 for n in lengths])
    times = [a / b for a, b in zip(row("attention, ms"), row("LSTM, ms"), strict=True)]
    assert row("ratio, measured") == pytest.approx(times, abs=0.03)


def test_the_slope_of_the_full_count():
    slopes = [(4 * r + 4) / (2 * r + 4) for r in (4, 16)]
    says(f"the slope is {slopes[0]:.2f} at n = 4d and {slopes[1]:.2f} at n = 16d")


def test_what_is_kept_crosses_later_than_the_products():
    d = 64
    layer, lstm = MultiHeadAttention(d, 1, attention), nn.LSTM(d, d, batch_first=True)
    x = {n: torch.randn(1, n, d) for n in (768, 896)}
    kept = {n: (kept_bytes(partial(layer, *[x[n]] * 3)), kept_bytes(partial(lstm, x[n]))) for n in x}
    assert kept[768][0] < kept[768][1]
    assert kept[896][0] > kept[896][1]
    assert kept[896][1] / 4 == pytest.approx(18 * 896 * d, rel=0.1)


def test_the_book():
    n, d = 100_000, 512
    assert round(full_ratio(n, d)) == 49
    says("(n + 2d) / 4d = 49", "80 billion numbers at h = 8")
    assert 8 * n**2 == 80_000_000_000
