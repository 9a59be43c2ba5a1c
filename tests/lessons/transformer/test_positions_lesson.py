"""Each number and equation of the lesson on positions, computed again."""

import math

import pytest
import torch

from lessons.catalog import LESSONS
from lessons.figures.position_waves import PositionWaves
from models.attention import attention
from models.positional_encoding import positional_encoding

TEXT = (LESSONS / "transformer" / "positions.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def test_the_wavelengths():
    told = {i: PositionWaves(0, i).wavelength for i in (0, 4, 8, 15)}
    says(
        f"d = 32: {told[0]:.2f}, {told[4]:.1f} at i = 4, {told[8]:.0f} at i = 8", f"{told[15]:,.0f} at the last, i = 15"
    )
    assert told[15] < 10_000 * 2 * math.pi


def test_the_products_of_the_figure():
    products = PositionWaves().products
    assert products[0] == pytest.approx(16) == 32 / 2
    says(*(f"{products[k]:.2f} at {k}" for k in (1, 2, 8, 16, 24)))
    assert products[24] > products[16]


def test_the_table_of_the_shuffled_sentence():
    for each in PositionWaves(order=1).moved:
        says(f"| {each.word} | {each.before} | {each.after} | 0 | {each.with_positions:.2f} |")
        assert each.without == 0


def test_a_step_of_k_is_one_rotation_for_every_position():
    pe = positional_encoding(64, 16).double()
    rates = 10_000 ** (-torch.arange(0, 16, 2, dtype=torch.float64) / 16)
    for k in (1, 5):
        turns = [torch.tensor([[w.cos(), w.sin()], [-w.sin(), w.cos()]]) for w in rates * k]
        matrix = torch.block_diag(*turns).double()
        torch.testing.assert_close(pe[:-k] @ matrix.T, pe[k:], rtol=0, atol=2e-5)


def test_self_attention_is_equivariant_and_a_causal_mask_breaks_it():
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(6, 8, generator=generator, dtype=torch.float64)
    maps = [torch.randn(8, 8, generator=generator, dtype=torch.float64) for _ in range(3)]
    order = torch.tensor([3, 0, 5, 1, 4, 2])

    def layer(rows: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        q, k, v = (rows @ w for w in maps)
        return attention(q, k, v, mask)[0]

    torch.testing.assert_close(layer(x[order]), layer(x)[order])
    causal = torch.ones(6, 6, dtype=torch.bool).tril()
    assert (layer(x[order], causal) - layer(x, causal)[order]).abs().max() > 0.1


def test_rotary_scores_contain_the_distance_only():
    generator = torch.Generator().manual_seed(0)
    q, k = (torch.randn(8, generator=generator, dtype=torch.float64) for _ in range(2))
    rates = 10_000 ** (-torch.arange(0, 8, 2, dtype=torch.float64) / 8)

    def turned(x: torch.Tensor, p: int) -> torch.Tensor:
        a, b, angle = x[::2], x[1::2], p * rates
        return torch.stack([a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()], dim=1).flatten()

    assert float(turned(q, 3) @ turned(k, 7)) == pytest.approx(float(turned(q, 20) @ turned(k, 24)))
    assert float(turned(q, 3) @ turned(k, 7)) != pytest.approx(float(turned(q, 3) @ turned(k, 8)))
