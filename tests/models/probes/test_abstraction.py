import numpy as np
import pytest
import torch
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from torch import nn

from models.initialisation import initialise
from models.probes.abstraction import pooled_features, probe_accuracy, separation
from models.probes.abstraction_answer import block_names
from models.resnet import ResNet


@pytest.fixture
def net():
    net = ResNet(blocks=(2, 1, 1))
    initialise(net, torch.Generator().manual_seed(0))
    return net


def images(count=7):
    return torch.randn(count, 3, 32, 32, generator=torch.Generator().manual_seed(1))


def clouds(distance, seed=0):
    """Three classes of 60 points in five dimensions, their means `distance` apart."""
    drawn = torch.Generator().manual_seed(seed)
    labels = torch.arange(180) % 3
    return torch.randn(180, 5, generator=drawn) + distance * nn.functional.one_hot(labels, 5), labels


def test_separation_is_the_ratio_of_the_scatter_matrices_traces():
    features, labels = clouds(2.0)
    x, y = features.double().numpy(), labels.numpy()
    within = sum(np.cov(x[y == k].T, bias=True) * (y == k).sum() for k in range(3))
    total = np.cov(x.T, bias=True) * len(x)
    assert separation(features, labels) == pytest.approx(np.trace(total - within) / np.trace(within))


def test_separation_is_unchanged_by_shift_scale_and_rotation():
    features, labels = clouds(1.0)
    turned, _ = torch.linalg.qr(torch.randn(5, 5, generator=torch.Generator().manual_seed(3)))
    assert separation(3.0 * features @ turned + 7.0, labels) == pytest.approx(separation(features, labels), rel=1e-4)


def test_classes_that_coincide_are_not_separated_and_points_that_coincide_are_apart_without_end():
    features, labels = clouds(0.0)
    assert separation(features, labels) < 0.05
    assert separation(nn.functional.one_hot(labels, 3).float(), labels) == float("inf")


def test_the_probe_reads_what_a_straight_cut_can_and_nothing_else():
    train, labels = clouds(3.0)
    held_out, held_out_labels = clouds(3.0, seed=1)
    found = probe_accuracy(train, labels, held_out, held_out_labels)
    other = LinearDiscriminantAnalysis().fit(train, labels).score(held_out, held_out_labels)
    assert found == pytest.approx(other, abs=0.03)
    ring = torch.randn(400, 2, generator=torch.Generator().manual_seed(5))
    inside = (ring.norm(dim=1) < 1.2).long()
    assert probe_accuracy(ring[:200], inside[:200], ring[200:], inside[200:]) < 0.65


def test_features_are_the_means_over_positions_in_evaluation_mode(net):
    names = block_names(net)
    assert names == ["stages.0.0", "stages.0.1", "stages.1.0", "stages.2.0"]
    net.train()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    found = pooled_features(net, images(), names)
    assert net.training
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    assert not any(module._forward_hooks for module in net.modules())
    assert {name: tuple(values.shape) for name, values in found.items()} == {
        "image": (7, 3), "stages.0.0": (7, 16), "stages.0.1": (7, 16), "stages.1.0": (7, 32), "stages.2.0": (7, 64),
    }  # fmt: skip
    with torch.no_grad():
        assert torch.allclose(net.eval().fc(found["stages.2.0"]), net(images()), atol=1e-5)
