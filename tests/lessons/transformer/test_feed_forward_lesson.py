"""Numbers and claims of the lesson on the feed-forward, counted or trained again."""

import math
import re

import pytest
import torch

from lessons.catalog import LESSONS
from models.attention import attention
from models.encoder_layer import EncoderLayer
from models.feed_forward import FeedForward
from models.figures.without_feed_forward import ARMS, judged, trained
from models.multi_head_attention import MultiHeadAttention

TEXT = (LESSONS / "transformer" / "feed_forward.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (sum[^;|]*); (marks|all); (\d) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", TEXT, re.MULTILINE)


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


@pytest.mark.parametrize("row", ROWS)
def test_the_table_is_what_the_figures_nets_reach(row):
    task, keys, heads, *told = row
    for arm in ("with it", "without") if keys == "all" else ARMS[1:]:
        right, _ = judged(trained(task, keys, int(heads), 0, arm)[0], task)
        assert 100 * right == pytest.approx(int(told[ARMS.index(arm)]), abs=4), arm


def test_the_table_has_its_four_rows():
    assert len(ROWS) == 4


def test_one_seed_of_attention_alone_stops_before_the_end():
    right, _ = judged(trained("sum mod 5", "all", 4, 1, "without")[0], "sum mod 5")
    assert 100 * right == pytest.approx(93, abs=4)
    says("stops at 93")


def test_two_thirds_of_an_encoder_layers_weights_are_the_feed_forwards():
    layer = EncoderLayer(64, 4, 256, 0.0, lambda d, h: MultiHeadAttention(d, h, attention), FeedForward)
    matrices = {name: p.numel() for name, p in layer.named_parameters() if p.dim() == 2}
    within = sum(count for name, count in matrices.items() if name.startswith("feed_forward"))
    assert (sum(matrices.values()), within) == (12 * 64**2, 8 * 64**2)
    n, d = 20, 128
    assert round(100 * 8 * n * d**2 / (12 * n * d**2 + 2 * n**2 * d)) == 65
    says("at n = 20 and d = 128 the feed-forward has 65 of 100", "together 12 d^2, of which two thirds")
    n = 2 * d
    assert 8 * n * d**2 == 4 * n * d**2 + 2 * n**2 * d


def test_logits_of_a_plain_sum_are_largest_at_the_sum():
    for total in range(9):
        assert max(range(9), key=lambda c: 2 * c * total - c**2) == total


def test_with_its_weights_held_attention_is_linear():
    x, y, p = torch.randn(2, 5, 8), torch.randn(2, 5, 8), torch.rand(2, 5, 5)
    w = torch.randn(8, 8)
    assert torch.allclose(p @ (x + 2 * y) @ w, p @ x @ w + 2 * (p @ y @ w), atol=1e-4)
    says(f"a loss of ln 5 = {math.log(5):.3f}")


def test_counts_of_bends():
    says("8 softmaxes against 2,048 thresholds", "without it but 56 wide instead of 32")
    assert 4 * 512 == 2048
    assert pytest.approx(12 * 32**2, rel=0.03) == 4 * 56**2
