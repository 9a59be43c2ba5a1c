from typing import Any

import pytest
import torch
from torch import nn
from torchvision.models.resnet import BasicBlock as TorchvisionBlock

from models.batchnorm import BatchNorm2d
from models.blocks import BasicBlock
from models.conv import Conv2d
from models.resnet import ResNet

OPTION_A = {3: 269_722, 5: 464_154, 7: 658_586, 9: 853_018, 18: 1_727_962}
OPTION_B = {3: 272_474, 5: 466_906, 7: 661_338, 9: 855_770, 18: 1_730_714}


def number_of_parameters(**arguments: Any) -> int:
    with torch.device("meta"):
        return sum(parameter.numel() for parameter in ResNet(**arguments).parameters())


@pytest.mark.parametrize(("n", "count"), OPTION_A.items())
def test_option_a_has_the_paper_nets_exact_parameters(n: int, count: int):
    assert number_of_parameters(blocks=(n, n, n), shortcut="A") == count


@pytest.mark.parametrize(("n", "count"), OPTION_B.items())
def test_option_b_has_two_projections_more(n: int, count: int):
    assert number_of_parameters(blocks=(n, n, n), shortcut="B") == count
    projections = (16 * 32 + 2 * 32) + (32 * 64 + 2 * 64)
    assert count - OPTION_A[n] == projections


def test_resnet_18s_layout_on_small_images_has_11173962_parameters():
    assert number_of_parameters(blocks=(2, 2, 2, 2), widths=(64, 128, 256, 512), shortcut="B") == 11_173_962


def test_our_own_parts_have_as_many_parameters_as_torchs():
    assert number_of_parameters(conv=Conv2d, norm=BatchNorm2d) == OPTION_A[3]


@pytest.mark.parametrize("n", [3, 9])
def test_there_are_6n_plus_2_weighted_layers(n: int):
    with torch.device("meta"):
        net = ResNet(blocks=(n, n, n))
    assert sum(isinstance(m, nn.Conv2d | nn.Linear) for m in net.modules()) == 6 * n + 2


def test_stages_halve_the_image_and_set_the_width():
    net, x = ResNet(), torch.randn(2, 3, 32, 28)
    shapes = []
    for stage in net.stages:
        stage.register_forward_hook(lambda _module, _inputs, y: shapes.append(tuple(y.shape)))
    assert net(x).shape == (2, 10)
    assert shapes == [(2, 16, 32, 28), (2, 32, 16, 14), (2, 64, 8, 7)]


class Torchvision(nn.Module):
    """An independent assembly: torchvision's blocks in a row, its projections, its pooling."""

    def __init__(self, blocks: tuple[int, ...], widths: tuple[int, ...]) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, widths[0], 3, 1, 1, bias=False), nn.BatchNorm2d(widths[0]), nn.ReLU())
        layers = []
        for index, (count, width) in enumerate(zip(blocks, widths, strict=True)):
            before = widths[max(index - 1, 0)]
            down = nn.Sequential(nn.Conv2d(before, width, 1, 2, bias=False), nn.BatchNorm2d(width)) if index else None
            layers.append(TorchvisionBlock(before, width, 2 if index else 1, down))
            layers += [TorchvisionBlock(width, width) for _ in range(count - 1)]
        self.body = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.head = nn.Linear(widths[-1], 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.body(self.stem(x)))


def test_option_b_gives_what_torchvisions_blocks_give_with_the_same_weights():
    blocks, widths = (2, 1, 2), (3, 5, 8)
    ours, theirs = ResNet(blocks, widths, shortcut="B").double(), Torchvision(blocks, widths).double()
    with torch.no_grad():  # both lists run through the nets in the same order
        for mine, other in zip(ours.state_dict().values(), theirs.state_dict().values(), strict=True):
            assert mine.shape == other.shape
            if mine.is_floating_point():
                mine.copy_(torch.rand_like(mine) + 0.1)
                other.copy_(mine)
    x = torch.randn(4, 3, 9, 12, dtype=torch.float64)
    for training in (True, False):
        torch.testing.assert_close(ours.train(training)(x), theirs.train(training)(x))


def test_each_block_is_called_with_its_channels_stride_shortcut_and_parts():
    calls: list[dict[str, Any]] = []

    def block(in_channels: int, out_channels: int, **rest: Any) -> nn.Module:
        calls.append({"channels": (in_channels, out_channels), **rest})
        return BasicBlock(in_channels, out_channels, **rest)

    ResNet((2, 1), (4, 6), shortcut="B", block=block, conv=Conv2d, norm=BatchNorm2d)
    parts = {"shortcut": "B", "conv": Conv2d, "norm": BatchNorm2d}
    assert calls == [
        {"channels": (4, 4), "stride": 1, **parts},
        {"channels": (4, 4), "stride": 1, **parts},
        {"channels": (4, 6), "stride": 2, **parts},
    ]


def test_gradcheck_holds_on_a_narrow_net():
    net = ResNet((1, 1), (2, 3), num_classes=4, in_channels=1).double().eval()
    x = torch.randn(1, 1, 6, 5, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(net, (x,))


def test_every_parameter_gets_a_gradient():
    net = ResNet((1, 1, 1), (4, 8, 16))
    net(torch.randn(4, 3, 16, 16)).logsumexp(dim=1).sum().backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in net.parameters())


@pytest.mark.parametrize("parts", [{}, {"conv": Conv2d, "norm": BatchNorm2d}], ids=["torch's parts", "our own"])
def test_one_batch_can_be_learnt_by_heart(parts: dict[str, Any]):
    torch.manual_seed(0)
    net = ResNet((1, 1, 1), (8, 16, 32), **parts)
    x, labels = torch.randn(16, 3, 12, 12), torch.arange(16) % 10
    optimiser = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    for _ in range(40):
        loss = nn.functional.cross_entropy(net(x), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert loss.item() < 0.05
    assert bool((net(x).argmax(dim=1) == labels).all())


def test_stages_and_widths_of_unequal_number_are_refused():
    with pytest.raises(ValueError, match=r"shorter|longer"):
        ResNet((1, 1), (2, 3, 4))
