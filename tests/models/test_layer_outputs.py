"""feature_maps against a pass written out by hand."""

import copy

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from models.layer_outputs import feature_maps


class Small(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.ReLU(inplace=True))
        self.scale = nn.Linear(3, 3)
        self.spare = nn.Linear(1, 1)
        self.broken = False

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x).mean(dim=(2, 3))
        if self.broken:
            raise ArithmeticError("broken")
        return self.scale(self.scale(x))


@pytest.fixture
def net() -> Small:
    torch.manual_seed(5)
    net = Small().double()
    net(torch.randn(6, 2, 5, 4, dtype=torch.float64))  # moves the running statistics off 0 and 1
    net.stem[0].eval()
    return net


@pytest.fixture
def x() -> Tensor:
    return torch.randn((3, 2, 6, 5), generator=torch.Generator().manual_seed(1), dtype=torch.float64)


def hooks_on(net: nn.Module) -> int:
    return sum(len(module._forward_hooks) for module in net.modules())


@torch.no_grad()
def by_hand(net: Small, x: Tensor) -> dict[str, Tensor]:
    """The pass in single steps, with nothing in place."""
    state = net.state_dict()
    conv = functional.conv2d(x, state["stem.0.weight"], state["stem.0.bias"])
    mean, var = state["stem.1.running_mean"][:, None, None], state["stem.1.running_var"][:, None, None]
    norm = (conv - mean) / (var + 1e-5).sqrt()
    norm = state["stem.1.weight"][:, None, None] * norm + state["stem.1.bias"][:, None, None]
    pooled = norm.clamp(min=0).mean(dim=(2, 3))
    once = pooled @ state["scale.weight"].T + state["scale.bias"]
    return {"stem.0": conv, "stem.1": norm, "scale": once @ state["scale.weight"].T + state["scale.bias"]}


def test_maps_are_those_of_a_pass_by_hand_in_the_order_asked_for(net: Small, x: Tensor) -> None:
    expected = by_hand(net, x)
    maps = feature_maps(net, x, ["scale", "stem.1", "spare", "stem.0"])
    assert list(maps) == ["scale", "stem.1", "stem.0"]
    for name, value in maps.items():
        torch.testing.assert_close(value, expected[name], rtol=1e-10, atol=1e-12)
        assert not value.requires_grad


@pytest.mark.parametrize("broken", [False, True])
def test_the_net_is_left_as_it_was_found(net: Small, x: Tensor, broken: bool) -> None:
    state, modes = copy.deepcopy(net.state_dict()), [module.training for module in net.modules()]
    theirs: list[str] = []
    net.scale.register_forward_hook(lambda *_: theirs.append("called"))
    net.broken = broken
    if broken:
        with pytest.raises(ArithmeticError, match="broken"):
            feature_maps(net, x, ["stem.0", "scale"])
    else:
        feature_maps(net, x, ["stem.0", "scale"])
    assert [module.training for module in net.modules()] == modes
    assert hooks_on(net) == 1
    assert len(theirs) == (0 if broken else 2)
    for name, value in net.state_dict().items():
        assert torch.equal(value, state[name]), name


def test_unknown_names_are_all_told_before_anything_runs(net: Small, x: Tensor) -> None:
    net.broken = True
    with pytest.raises(KeyError, match=r"stem\.7.*scale\.weight"):
        feature_maps(net, x, ["stem.0", "stem.7", "scale.weight"])
    assert hooks_on(net) == 0
