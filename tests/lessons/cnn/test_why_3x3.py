"""The numbers that the lesson on 3x3 states, computed."""

from itertools import combinations

import pytest
import torch
from torch import nn
from torch.nn import functional

from lessons.catalog import LESSONS
from models.initialisation import kaiming_init_

TEXT = (LESSONS / "cnn" / "why_3x3.md").read_text(encoding="utf-8")


def conv(x: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    """Full convolution of two one-channel maps: what two layers become as one kernel."""
    size = kernel.shape[-1] - 1
    return functional.conv2d(x[None, None], kernel.flip(0, 1)[None, None], padding=size)[0, 0]


def test_the_cheapest_kernel_for_a_field_is_2x2_and_3x3_costs_an_eighth_more():
    costs = {k: k**2 / (k - 1) for k in (2, 3, 4, 5, 7, 11)}
    line = next(line for line in TEXT.splitlines() if line.strip().startswith("k^2 / (k - 1)    4"))
    assert [float(word) for word in line.split(")", 1)[1].split()] == [round(cost, 2) for cost in costs.values()]
    assert costs[3] / costs[2] == 1.125


def test_two_kernels_of_3x3_fill_17_of_25_dimensions_and_three_25_of_49():
    torch.manual_seed(0)

    def rank(count: int) -> int:
        kernels = torch.randn(count, 3, 3, dtype=torch.float64)

        def compose(flat: torch.Tensor) -> torch.Tensor:
            whole, *others = flat.view(count, 3, 3)
            for kernel in others:
                whole = conv(whole, kernel)
            return whole.flatten()

        jacobian = torch.autograd.functional.jacobian(compose, kernels.flatten())
        assert isinstance(jacobian, torch.Tensor)
        return int(torch.linalg.matrix_rank(jacobian))

    assert (rank(2), rank(3)) == (17, 25)


def test_without_c_the_lessons_5x5_kernel_is_a_composition_on_the_diagonals():
    root = 2.0**0.5
    first, second = (torch.diag(torch.tensor([1.0, sign * root, 1.0])) for sign in (1, -1))
    whole = torch.zeros(5, 5)
    whole[0, 0] = whole[4, 4] = 1
    assert torch.allclose(conv(first, second), whole, atol=1e-6)


def test_with_c_it_is_no_composition_of_any_kernels():
    """As a polynomial it is 1 + c x^3 y + x^4 y^4. The Newton polygon of a product is the sum of the factors' polygons
    (Ostrowski), so a factor would be made of a part of the edges that closes, and no proper part does."""
    edges = [(3, 1), (1, 3), *[(-1, -1)] * 4]  # from (0, 0) over (3, 1) to (4, 4), and four primitive steps back
    parts = [part for size in range(1, len(edges)) for part in combinations(edges, size)]
    assert not any(sum(x for x, _ in part) == 0 == sum(y for _, y in part) for part in parts)
    assert [sum(axis) for axis in zip(*edges, strict=True)] == [0, 0]
    rows = [line.split()[:5] for line in TEXT.split("Try this one")[1].splitlines()[1:6]]
    places = [(column, row, entry) for row, line in enumerate(rows) for column, entry in enumerate(line)]
    assert [place for place in places if place[2] != "0"] == [(0, 0, "1"), (3, 1, "c"), (4, 4, "1")]


def test_nine_channels_in_between_express_any_5x5_kernel():
    torch.manual_seed(0)
    wanted = torch.randn(5, 5, dtype=torch.float64)
    first = torch.eye(9, dtype=torch.float64).view(9, 1, 3, 3)  # channel 3a + b holds x shifted to place (a, b)
    second = torch.zeros(1, 9, 3, 3, dtype=torch.float64)
    for i in range(5):
        for j in range(5):
            a, b = min(i, 2), min(j, 2)
            second[0, 3 * a + b, i - a, j - b] = wanted[i, j]
    x = torch.randn(1, 1, 9, 9, dtype=torch.float64)
    both = functional.conv2d(functional.conv2d(x, first), second)
    assert torch.allclose(both, functional.conv2d(x, wanted[None, None]))


def test_two_layers_compute_an_absolute_value():
    x = torch.randn(1, 1, 5, 5)
    first = torch.zeros(2, 1, 3, 3)
    first[0, 0, 1, 1], first[1, 0, 1, 1] = 1, -1
    second = torch.zeros(1, 2, 3, 3)
    second[0, :, 1, 1] = 1
    y = functional.conv2d(functional.conv2d(x, first, padding=1).relu(), second, padding=1).relu()
    assert torch.equal(y, x.abs())


def test_six_layers_of_2x2_see_7_pixels_and_shift_the_map_by_3():
    x = torch.zeros(1, 1, 1, 15, dtype=torch.float64, requires_grad=True)
    y = x
    for _ in range(6):
        y = functional.conv2d(functional.pad(y, (0, 1)), torch.ones(1, 1, 1, 2, dtype=torch.float64))
    assert y.shape == x.shape
    seen = torch.autograd.grad(y[0, 0, 0, 7], x)[0][0, 0, 0].nonzero().flatten()
    assert (len(seen), float(seen.double().mean()) - 7) == (7, 3.0)


@pytest.mark.parametrize(("gain", "share"), [(1.0, 2.0**-30), (2.0, 1.0)])
def test_thirty_relu_layers_keep_the_variance_only_with_the_factor_2(gain: float, share: float):
    torch.manual_seed(0)
    y = torch.randn(400, 500, dtype=torch.float64)
    for _ in range(31):
        before, y = y, y.relu() @ (kaiming_init_(torch.empty(500, 500, dtype=torch.float64)) * (gain / 2) ** 0.5).T
        if before.shape == y.shape and _ == 0:
            start = float(y.var())
    assert float(y.var()) / start == pytest.approx(share, rel=0.7)
    assert 2.0**-30 < 1e-9


def test_the_variance_of_a_sum_of_products_takes_the_mean_square_of_x():
    torch.manual_seed(0)
    n = 9 * 16
    x = torch.randn(20_000, n, dtype=torch.float64).relu()
    w = torch.randn(n, 64, dtype=torch.float64) * (2 / n) ** 0.5
    y = x @ w
    assert float(y.square().mean()) == pytest.approx(n * (2 / n) * float(x.square().mean()), rel=0.1)
    assert float(x.square().mean()) == pytest.approx(0.5, rel=0.02)


@pytest.mark.parametrize(("k", "share"), [(3, "1.2 %"), (7, "6.0 %")])
def test_the_kernels_share_in_a_convnext_block_is_small(k: int, share: str):
    channels = 96
    block = nn.Sequential(
        nn.Conv2d(channels, channels, k, groups=channels, bias=False),
        nn.Conv2d(channels, 4 * channels, 1, bias=False),
        nn.Conv2d(4 * channels, channels, 1, bias=False),
    )
    counts = [sum(weight.numel() for weight in layer.parameters()) for layer in block]
    assert f"{100 * counts[0] / sum(counts):.1f} %" == share
    assert f"{share} with k = {k}" in TEXT
