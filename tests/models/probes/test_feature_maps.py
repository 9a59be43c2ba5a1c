import pytest
import torch
from torch import nn

from models.initialisation import initialise
from models.probes.feature_maps import feature_maps
from models.resnet import ResNet


@pytest.fixture
def net():
    net = ResNet(blocks=(1, 1, 1))
    initialise(net, torch.Generator().manual_seed(0))
    return net


def image():
    return torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(1))


def test_each_stage_is_shown_at_its_full_resolution_stem_first(net):
    maps = feature_maps(net, image())
    assert {name: tuple(values.shape) for name, values in maps.stages.items()} == {
        "stem": (16, 32, 32),
        "stage 1": (16, 32, 32),
        "stage 2": (32, 16, 16),
        "stage 3": (64, 8, 8),
    }
    assert list(maps.stages) == ["stem", "stage 1", "stage 2", "stage 3"]


def test_the_maps_are_those_that_lead_to_the_scores(net):
    maps = feature_maps(net, image())
    net.eval()
    with torch.no_grad():
        assert torch.allclose(net(image())[0], maps.scores)
        assert torch.allclose(net.fc(maps.stages["stage 3"].mean((1, 2))), maps.scores, atol=1e-6)
        assert torch.allclose(net.stages[0](maps.stages["stem"][None])[0], maps.stages["stage 1"])
    assert (maps.stages["stem"] >= 0).all()  # after the ReLU


def test_the_net_is_left_with_its_mode_buffers_and_no_hook(net):
    net.train()
    net.stages[1].eval()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    feature_maps(net, image())
    assert net.training
    assert not net.stages[1].training
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in net.modules())


def test_a_net_that_raises_is_left_without_hooks_too(net):
    with pytest.raises(RuntimeError):
        feature_maps(net.train(), image()[:, :2])
    assert net.training
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in net.modules())


class InPlace(nn.Module):
    def forward(self, x):
        return x.mul_(0).add_(5)


def test_what_is_changed_in_place_further_on_was_seen_before_it_changed(net):
    net.stages[1] = nn.Sequential(InPlace(), nn.Conv2d(16, 32, 3, stride=2, padding=1))
    maps = feature_maps(net, image())
    assert not (maps.stages["stage 1"] == 5).all()


def test_a_net_without_stages_is_a_sentence():
    with pytest.raises(ValueError, match="keeps no `stages`"):
        feature_maps(nn.Linear(1, 1), image())
