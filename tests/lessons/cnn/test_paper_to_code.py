"""The numbers that the lesson on reading a paper states, computed."""

import importlib.util
import math
from types import ModuleType
from typing import Any

import pytest
import torch
from torch import nn

from lessons.catalog import LESSONS
from models.blocks import BasicBlock
from models.initialisation import initialise
from models.resnet import ResNet

TEXT = (LESSONS / "cnn" / "paper_to_code.md").read_text(encoding="utf-8")
MISTAKES = LESSONS / "cnn" / "basic_block" / "mistakes"


def count(part: nn.Module) -> int:
    return sum(parameter.numel() for parameter in part.parameters())


def biased(*sizes: int, bias: bool = False, **options) -> nn.Module:
    return nn.Conv2d(*sizes, bias=not bias, **options)


def mistake(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"mistake_{name}", MISTAKES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_steps_of_the_count_are_those_of_the_net():
    net = ResNet()
    parts = [count(net.conv1) + count(net.bn1), *map(count, net.stages), count(net.fc)]
    assert parts == [464, 14_016, 51_072, 203_520, 650]
    assert all(f"{part:,}" in TEXT for part in parts)
    assert sum(parts) == count(net) == 269_722


def test_the_wrong_nets_of_the_lesson_have_the_counts_that_it_tells():
    right = count(ResNet())
    wrong = {
        "biases in all 19 convolutions": count(ResNet(conv=biased)),
        "option B": count(ResNet(shortcut="B")),
        "the ImageNet stem, 7x7": right + 3 * 16 * (7**2 - 3**2),
        "one block less in each stage": count(ResNet((2, 2, 2))),
    }
    for name, number in wrong.items():
        assert f"| {name} | {number - right:+,} | {number:,} | {number / 1e6:.2f}M |" in TEXT
    assert sum(isinstance(part, nn.Conv2d) for part in ResNet().modules()) == 19


def test_no_count_sees_the_skip_the_order_or_the_stride():
    assert count(ResNet(block=mistake("no_skip").BasicBlock)) == 269_722
    assert count(ResNet(block=mistake("relu_before_norm").BasicBlock)) == 269_722
    assert count(BasicBlock(16, 32, stride=2)) == count(BasicBlock(16, 32, stride=1))


X = torch.linspace(-3, 3, 7).expand(2, 4, 5, 7).contiguous()


@pytest.mark.parametrize(
    ("name", "silent", "lowered"),
    [
        ("no_skip", torch.zeros_like(X), torch.zeros_like(X)),
        ("no_final_relu", X, X - 1),
        ("relu_before_add", X.relu(), X.relu()),
        (None, X.relu(), (X - 1).relu()),
    ],
)
def test_the_two_silent_branches_tell_the_mistakes_apart_as_the_table_says(name, silent, lowered):
    block: Any = (mistake(name).BasicBlock if name else BasicBlock)(4, 4)
    initialise(block, torch.Generator().manual_seed(0))
    nn.init.zeros_(block.bn2.weight)
    for beta, expected in ((0.0, silent), (-1.0, lowered)):
        nn.init.constant_(block.bn2.bias, beta)
        assert torch.allclose(block(X.clone()), expected, atol=1e-6)


def test_zeros_in_front_only_rename_channels():
    torch.manual_seed(0)
    net = ResNet((1, 1), (4, 8))
    before = ResNet((1, 1), (4, 8))
    order = torch.tensor([4, 5, 6, 7, 0, 1, 2, 3])
    state = dict(net.state_dict())
    for name in ("conv1.weight", "bn1.weight", "bn1.bias", "conv2.weight", "bn2.weight", "bn2.bias"):
        key = f"stages.1.0.{name}"
        state[key] = state[key][order]
    state["stages.1.0.conv2.weight"] = state["stages.1.0.conv2.weight"][:, order]
    state["fc.weight"] = state["fc.weight"][:, order]
    before.load_state_dict(state)
    block = before.stages[1].get_submodule("0")
    assert isinstance(block, BasicBlock)
    block._shortcut = lambda x: nn.functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 4, 0))
    x = torch.randn(3, 3, 8, 8)
    assert torch.allclose(net(x), before(x), atol=1e-5)


def test_a_bias_before_batch_normalisation_changes_nothing():
    torch.manual_seed(0)
    x, norm = torch.randn(8, 4, 5, 5), nn.BatchNorm2d(4)
    assert torch.allclose(norm(x), norm(x + torch.tensor([5.0, -2, 0.1, 1])[:, None, None]), atol=1e-5)


def test_the_passes_the_intervals_and_the_steps_are_computed():
    p, n = 0.9125, 10_000
    error = math.sqrt(p * (1 - p) / n)
    assert f"{100 * error:.2f} points" == "0.28 points"
    assert f"{196 * error:.2f}" == "0.55"
    assert f"{196 * math.sqrt(2) * error:.2f} points" == "0.78 points"
    assert (round(64_000 * 128 / 45_000), round(64_000 * 128 / 50_000)) == (182, 164)
    assert round(math.log(0.1) / math.log(0.9)) == 22
    assert all(
        words in TEXT for words in ("0.28 points", "+- 0.55", "0.78 points", "182 passes", "or 164 over", "= 22 steps")
    )
