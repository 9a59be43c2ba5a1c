"""Each number and equation of the lesson on the scale, computed again."""

import math

import pytest
import torch

from lessons.catalog import LESSONS
from lessons.figures.scale_slider import DRAWS, ScaleSlider, scores
from models.softmax import softmax

TEXT = (LESSONS / "transformer" / "why_scale.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def test_a_difference_of_two_scores_and_the_slope_there():
    gap = math.sqrt(2 * 64)
    weight = 1 / (1 + math.exp(-11.3))
    says(f"typically {gap:.1f}", f"w_1 = {weight:.6f}", f"At g = 11.3 that is {weight * (1 - weight):.6f}")


@pytest.mark.parametrize("row", [line for line in TEXT.split("\n") if line.startswith(("| 4, ", "| 64, ", "| 512, "))])
def test_the_table_is_the_figures_first_draw(row: str):
    head, *told = row.strip("| ").split(" | ")
    size, arm = head.split(", ")
    found = ScaleSlider(int(size)).measured[arm]
    numbers = (found.variance, found.largest, found.median_slope, found.gradient, found.median_gradient)
    for words, number in zip(told, numbers, strict=True):
        assert words == f"{number:.{len(words.partition('.')[2])}f}"


def test_the_median_dies_and_the_mean_does_not():
    for draw in range(DRAWS):
        small, large = (ScaleSlider(d_k, draw).measured["without"] for d_k in (4, 512))
        assert large.median_gradient < 0.01 * small.median_gradient
        assert large.gradient > small.gradient
        with_scale = ScaleSlider(512, draw).measured["with"]
        assert with_scale.gradient == pytest.approx(with_scale.median_gradient, rel=0.12)
    assert ScaleSlider(512).measured["without"].median_gradient < 0.0002
    slopes = [ScaleSlider(d_k).measured["without"].slope for d_k in (64, 512)]
    says(f"({slopes[0]:.2f} at 64, {slopes[1]:.2f} at 512)")


def test_other_draws_differ_by_a_tenth_or_so():
    for d_k in (4, 64, 512):
        first = ScaleSlider(d_k).measured["with"]
        for draw in range(1, DRAWS):
            other = ScaleSlider(d_k, draw).measured["with"]
            assert other.largest == pytest.approx(first.largest, rel=0.12)
            assert other.gradient == pytest.approx(first.gradient, rel=0.12)
    assert scores(64, 0, True).shape == (256, 8)


def test_sharing_by_the_sum_sees_a_shift_and_softmax_does_not():
    for low, high in ((1, 2), (11, 12)):
        says(f"({low}, {high}) gives {low / (low + high):.0%} and {high / (low + high):.0%}")
    a, b = torch.tensor([1.0, 2.0]), torch.tensor([11.0, 12.0])
    torch.testing.assert_close(softmax(a, 0), softmax(b, 0))
    assert softmax(2 * a, 0).max() > softmax(a, 0).max()


@pytest.mark.parametrize("b", [0.2, 1.0, 5.0])
def test_softmax_is_the_row_of_the_largest_score_and_entropy(b: float):
    s = torch.tensor([1.0, -0.5, 0.3, 2.0], dtype=torch.float64)

    def objective(w: torch.Tensor) -> float:
        return float(b * w @ s + torch.special.entr(w).sum())

    best = softmax(b * s, 0)
    generator = torch.Generator().manual_seed(0)
    others = torch.rand(500, 4, generator=generator, dtype=torch.float64)
    assert all(objective(w / w.sum()) <= objective(best) for w in others)
    assert objective(best) == pytest.approx(float((b * s).logsumexp(0)))


@pytest.mark.parametrize("a", [0.5, 1.0])
def test_independent_and_parallel_scores_over_d_k_to_the_a(a: float):
    generator = torch.Generator().manual_seed(1)
    q, k = (torch.randn(4000, 256, generator=generator, dtype=torch.float64) for _ in range(2))
    assert float(((q * k).sum(1) / 256**a).std()) == pytest.approx(256 ** (0.5 - a), rel=0.05)
    assert float(((q * q).sum(1) / 256**a).mean()) == pytest.approx(256 ** (1 - a), rel=0.05)
