import pytest
import torch
from torch import nn

from models.batchnorm import BatchNorm2d
from models.conv import Conv2d
from models.twins import TOLERANCE, Pair, TwinDisagrees, Twins


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 4, 3, stride=2, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(4)
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        return self.drop(torch.relu(self.bn(self.conv(x))))


def twins(conv=Conv2d, norm=BatchNorm2d):
    torch.manual_seed(0)
    net = Net()
    nn.init.uniform_(net.bn.weight)
    pairs = (
        Pair("cnn/conv2d", "conv", net.conv, conv(2, 4, 3, stride=2, padding=1, bias=False)),
        Pair("cnn/batchnorm2d", "bn", net.bn, norm(4)),
    )
    return net, Twins(net, pairs)


def batch():
    return torch.randn(12, 2, 9, 9, generator=torch.Generator().manual_seed(2)) * 3 + 1


def test_right_layers_agree_and_the_largest_difference_is_told_per_exercise():
    _, pairs = twins()
    differences = pairs.verify(batch())
    assert set(differences) == {"cnn/conv2d", "cnn/batchnorm2d"}
    assert all(0 <= difference <= TOLERANCE for difference in differences.values())


def test_verifying_leaves_net_mode_hooks_and_random_numbers_as_they_were():
    net, pairs = twins()
    net.train()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    random_before = torch.get_rng_state()
    pairs.verify(batch())
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    assert torch.equal(torch.get_rng_state(), random_before)
    assert all(module.training for module in net.modules())
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in net.modules())
    net.eval()
    pairs.verify(batch())
    assert not net.training


class Flipped(Conv2d):
    def forward(self, x):
        return nn.functional.conv2d(x, self.weight.flip(-1), None, self.stride, self.padding)


class EpsOutside(BatchNorm2d):
    def forward(self, x):
        mean, var = x.mean((0, 2, 3), keepdim=True), x.var((0, 2, 3), correction=0, keepdim=True)
        self._remember(mean.flatten(), var.flatten(), x.numel() // x.shape[1])
        y = (x - mean) / (var.sqrt() + 1e-3)
        return y * self.weight[:, None, None] + self.bias[:, None, None]


class BiasedMemory(BatchNorm2d):
    def _remember(self, mean, var, m):
        super()._remember(mean, var * (m - 1) / m, m)


class ForgetsInEvaluation(BatchNorm2d):
    def forward(self, x):
        return super().forward(x) if self.training else x


class GivesNaN(BatchNorm2d):
    def forward(self, x):
        return super().forward(x) * float("nan")


class OtherShape(Conv2d):
    def forward(self, x):
        return super().forward(x)[:, :, 1:]


class OtherNames(BatchNorm2d):
    def __init__(self, num_features):
        super().__init__(num_features)
        self.register_buffer("moving_mean", torch.zeros(num_features))


@pytest.mark.parametrize(
    ("parts", "exercise", "layer", "words"),
    [
        ({"conv": Flipped}, "cnn/conv2d", "conv", "its output in training differs by"),
        ({"norm": EpsOutside}, "cnn/batchnorm2d", "bn", "its output in training differs by"),
        ({"norm": BiasedMemory}, "cnn/batchnorm2d", "bn", "its running_var in training differs by"),
        ({"norm": ForgetsInEvaluation}, "cnn/batchnorm2d", "bn", "its output in evaluation differs by"),
        ({"norm": GivesNaN}, "cnn/batchnorm2d", "bn", "differs by nan"),
        ({"conv": OtherShape}, "cnn/conv2d", "conv", "is shape (8, 4, 4, 5), torch's has shape (8, 4, 5, 5)"),
        ({"norm": OtherNames}, "cnn/batchnorm2d", "bn", "it keeps bias, moving_mean"),
    ],
)
def test_a_layer_that_differs_is_named_with_its_exercise_and_by_how_much(parts, exercise, layer, words):
    _, pairs = twins(**parts)
    with pytest.raises(TwinDisagrees) as refusal:
        pairs.verify(batch())
    assert f"{exercise} disagrees with torch's layer at {layer}" in refusal.value.thing
    assert words in refusal.value.thing
    assert "--no-twin" in refusal.value.next_step


class Nearly(Conv2d):
    by = 0.0

    def forward(self, x):
        y = super().forward(x)
        return y + self.by * max(1.0, float(y.abs().max()))


@pytest.mark.parametrize(("by", "agrees"), [(0.5e-5, True), (2e-5, False)])
def test_the_tolerance_is_scaled_by_the_largest_output(by, agrees, monkeypatch):
    monkeypatch.setattr(Nearly, "by", by)
    _, pairs = twins(conv=Nearly)
    if agrees:
        assert 0.4e-5 < pairs.verify(1000 * batch())["cnn/conv2d"] < 0.7e-5
    else:
        with pytest.raises(TwinDisagrees):
            pairs.verify(1000 * batch())


def test_a_layer_that_the_net_never_calls_is_named():
    net, pairs = twins()
    unused = Pair("cnn/conv2d", "spare", nn.Conv2d(1, 1, 1), Conv2d(1, 1, 1))
    with pytest.raises(TwinDisagrees, match="spare is made but never called"):
        Twins(net, (*pairs.pairs, unused)).verify(batch())


class Rebinds(BatchNorm2d):
    """Right, but replaces its buffers where ours changes them in place."""

    def _remember(self, mean, var, m):
        with torch.no_grad():
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var * m / (m - 1)


def test_a_norm_that_rebinds_its_buffers_agrees_time_after_time():
    net, pairs = twins(norm=Rebinds)
    for _ in range(3):
        net.train()
        net(batch())
        assert pairs.verify(batch())["cnn/batchnorm2d"] <= TOLERANCE


def test_a_batch_in_channels_last_order_is_compared_as_exactly_as_any_other():
    """In that order torch's batch norm rounds by more than the tolerance: no reason to refuse right code."""
    net, pairs = twins()
    net.to(memory_format=torch.channels_last)
    x = torch.randn(8, 2, 65, 65, generator=torch.Generator().manual_seed(2)) + 20
    differences = pairs.verify(x.contiguous(memory_format=torch.channels_last))
    assert max(differences.values()) <= TOLERANCE
