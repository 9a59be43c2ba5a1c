"""Numbers and claims of the lesson on layer norm, computed again: by its figure, and by stacks of encoder layers."""

import re
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from typing import Any

import pytest
import torch
from torch import nn

from lessons.catalog import LESSONS
from lessons.figures.norm_axes import NormAxes
from models.attention import attention
from models.encoder_layer import EncoderLayer
from models.feed_forward import FeedForward
from models.layer_norm import LayerNorm
from models.multi_head_attention import MultiHeadAttention

TEXT = (LESSONS / "transformer" / "layer_norm.md").read_text(encoding="utf-8")
WIDTH, HEADS, SENTENCES, LENGTH, TOKENS, SEEDS = 64, 4, 8, 16, 50, 5
ROWS = re.findall(r"^\| (\d+) \| (post|pre) \| (\S+) \| (\S+) \| (\S+) \| (\S+) \|$", TEXT, re.MULTILINE)


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def stack(num_layers: int, order: str) -> nn.ModuleList:
    made = partial(MultiHeadAttention, attention=attention)
    layers = nn.ModuleList(
        EncoderLayer(WIDTH, HEADS, 4 * WIDTH, 0.0, made, FeedForward, LayerNorm, order=order) for _ in range(num_layers)
    )
    for parameter in layers.parameters():
        if parameter.dim() == 2:
            nn.init.xavier_uniform_(parameter)
    for name, parameter in layers.named_parameters():
        if name.endswith(("w_1.bias", "w_2.bias")):
            nn.init.zeros_(parameter)
    return layers


@cache
def measured(num_layers: int, order: str) -> list[float]:
    """Var x_L, |dL/dx| behind the first and the last layer, |dL/dW_2| of the last: means over seeds."""
    return torch.tensor([one(num_layers, order, seed) for seed in range(SEEDS)]).mean(0).tolist()


def one(num_layers: int, order: str, seed: int) -> list[float]:
    torch.manual_seed(seed)
    layers, last, out = stack(num_layers, order), LayerNorm(WIDTH), nn.Linear(WIDTH, TOKENS)
    nn.init.xavier_uniform_(out.weight)
    nn.init.zeros_(out.bias)
    x = nn.Embedding(TOKENS, WIDTH)(torch.randint(0, TOKENS, (SENTENCES, LENGTH)))
    targets, stream = torch.randint(0, TOKENS, (SENTENCES, LENGTH)), []
    for layer in layers:
        x = layer(x)
        x.retain_grad()
        stream.append(x)
    logits = out(last(x) if order == "pre" else x)
    nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten()).backward()
    top: Any = layers[-1].get_submodule("feed_forward.w_2").get_parameter("weight").grad
    norms = [float(each.grad.norm()) for each in (stream[0], stream[-1])]
    return [float(stream[-1].detach().var(-1).mean()), *norms, float(top.norm())]


@pytest.mark.parametrize("row", ROWS)
def test_the_table_is_what_stacks_of_the_reference_give(row):
    num_layers, order, *told = row
    variance, first, last, top = measured(int(num_layers), order)
    assert [variance, last, top] == pytest.approx([float(told[k]) for k in (0, 2, 3)], rel=0.02)
    assert first == pytest.approx(float(told[1]), abs=1e-3)


def test_the_table_has_both_norms_for_three_depths():
    assert [(int(row[0]), row[1]) for row in ROWS] == [(n, o) for n in (2, 6, 24) for o in ("post", "pre")]


def test_the_gradient_at_the_top_is_constant_with_post_norm_and_divided_by_the_spread_with_pre_norm():
    post = [measured(n, "post")[2] for n in (2, 6, 24)]
    pre = [measured(n, "pre") for n in (2, 6, 24)]
    assert post == pytest.approx([0.095] * 3, abs=1e-3)
    assert [row[2] * row[0] ** 0.5 for row in pre] == pytest.approx([0.095] * 3, abs=1e-3)
    assert pre[2][2] < pre[0][2] / 3
    assert min(measured(n, "post")[1] for n in (2, 6, 24)) == pytest.approx(0.074, abs=1e-3)
    says("(0.074 or more of 0.095 arrives)", "falls to less than a third with pre-norm")


def test_in_a_pre_norm_stack_variances_add_up():
    variances = [measured(n, "pre")[0] for n in (2, 6, 24)]
    slopes = [(b - a) / (2 * (m - n)) for (a, n), (b, m) in pairwise(zip(variances, (2, 6, 24), strict=True))]
    assert slopes[0] == pytest.approx(slopes[1], rel=0.4)


def test_what_the_figure_shows_is_what_page_4_says():
    start = NormAxes()
    layer = replace(start, norm="layer")
    assert [len(start.shares(start.place)), len(layer.shares(layer.place))] == [12, 4]
    says("12 numbers share a mean under batch norm, 4 under layer norm")
    changed = start.with_others_changed()
    moved = [abs(changed.output(place) - start.output(place)) > 1e-9 for place in start.places()]
    assert (sum(moved), len(moved)) == (48, 48)
    before, now, alone = (state.output(start.place) for state in (start, changed, replace(start, is_alone=True)))
    says("moves 48 of 48", f"from {before:+.2f} to {now:+.2f}", f"{before:+.2f} becomes {alone:+.2f}")
    others = layer.with_others_changed()
    assert not any(abs(others.output(place) - layer.output(place)) > 1e-9 for place in layer.places())
    unpadded = replace(start, counts_padding=False)
    assert all(abs(unpadded.output(place) - start.output(place)) > 1e-9 for place in start.places())


def test_the_word_that_stands_twice():
    for norm, changed, alike in (("batch", 0, 1), ("layer", 0, 1), ("batch", 1, 0), ("layer", 1, 1)):
        state = replace(NormAxes(), norm=norm)
        state = state.with_others_changed() if changed else state
        pairs = [(state.output((0, 1, f)), state.output((2, 1, f))) for f in range(4)]
        assert all(abs(a - b) < 1e-9 for a, b in pairs) == bool(alike)


def test_what_layer_norm_cannot_see():
    norm = LayerNorm(4, eps=0.0).double()
    x = torch.randn(6, 4, dtype=torch.float64)
    y = norm(x)
    assert torch.allclose(norm(3 * x + 2), y)
    assert torch.allclose(y.sum(-1), torch.zeros(6, dtype=torch.float64))
    assert torch.allclose(y.square().sum(-1), torch.full((6,), 4.0, dtype=torch.float64))


def test_numbers_by_multiplying():
    assert 128 * 32 * 32 == 131_072
    says("gives 131,072 numbers a mean", "ten of them in an encoder-decoder of two layers each")
    assert 2 * 2 + 3 * 2 == 10
