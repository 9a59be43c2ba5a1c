"""The norms against a net written anew, without the course's modules, and what the lesson says of them."""

import pytest
import torch
from torch.nn import functional

from models.figures.digit_batches import DigitBatches
from models.figures.gradient_by_depth import ARMS, BATCH, answer, built, gradient_norms
from models.figures.settings import BadSetting


def independent_norms(kernels, classifier, images, labels, residual: bool, normalised: bool):
    """8 layers in one function: gradients of every kernel, and between the blocks."""
    leaves = [kernel.detach().clone().requires_grad_() for kernel in kernels]

    def norm(x):
        if not normalised:
            return x
        centred = x - x.mean((0, 2, 3), keepdim=True)
        return centred / (centred.square().mean((0, 2, 3), keepdim=True) + 1e-5).sqrt()

    x = norm(functional.conv2d(images, leaves[0], padding=1)).relu()
    stream = [x]
    for block in range(3):
        first, second = leaves[1 + 2 * block : 3 + 2 * block]
        stride = 1 if block == 0 else 2
        inner = norm(functional.conv2d(x, first, stride=stride, padding=1)).relu()
        inner = norm(functional.conv2d(inner, second, padding=1))
        if residual:
            shortcut = x[:, :, ::stride, ::stride]
            zeros = torch.zeros(len(x), inner.shape[1] - x.shape[1], *shortcut.shape[2:])
            inner = inner + torch.cat((shortcut, zeros), 1)
        x = inner.relu()
        stream.append(x)
    loss = functional.cross_entropy(x.mean((2, 3)) @ classifier.T, labels)
    gradients = torch.autograd.grad(loss, [*leaves, *stream])
    return loss.item(), [gradient.square().sum().sqrt().item() for gradient in gradients]


@pytest.mark.parametrize("variance", ["2/fan", "1/fan"])
@pytest.mark.parametrize("arm", ARMS)
def test_every_norm_is_that_of_a_net_written_anew(arm: str, variance: str):
    images, labels = DigitBatches(3).training(BATCH)
    net = built(arm, depth=8, variance=variance, seed=3)
    found = gradient_norms(net, images, labels)
    kernels = [module.weight for module in net.modules() if isinstance(module, torch.nn.Conv2d)]
    loss, norms = independent_norms(
        kernels, net.fc.weight, images, labels, residual=arm.startswith("residual"), normalised=arm.endswith("BN")
    )
    assert found["loss"] == pytest.approx(loss, rel=2e-3)
    assert [*found["weights"], *found["stream"]] == pytest.approx(norms, rel=5e-3)
    assert (len(found["weights"]), len(found["stream"])) == (7, 4)


def test_the_arms_start_from_the_same_kernels():
    name = "stages.1.0.conv2.weight"
    kernels = [built(arm, depth=8, variance="2/fan", seed=1).get_parameter(name) for arm in ARMS]
    assert all(torch.equal(kernels[0], kernel) for kernel in kernels[1:])


@pytest.fixture(scope="module")
def measured():
    def ratios(variance: str) -> dict[str, float]:
        arms = answer({"depth": 20, "variance": variance, "seed": 0})["arms"]
        return {name: arm["stream"][0] / arm["stream"][-1] for name, arm in arms.items()}

    return ratios("2/fan"), ratios("1/fan")


def test_small_weights_make_the_plain_gradient_vanish_and_the_skip_repairs_it(measured):
    _, small = measured
    assert small["plain"] < 0.01
    assert 0.1 < small["residual"] < 10


def test_with_normalisation_nothing_vanishes_and_the_scale_of_the_weights_means_nothing(measured):
    he, small = measured
    for arm in ("plain, BN", "residual, BN"):
        assert he[arm] > 3
        assert small[arm] == pytest.approx(he[arm], rel=0.05)
    assert he["residual, BN"] < he["plain, BN"]


def test_the_same_question_has_the_same_answer_and_a_wrong_one_is_named():
    question = {"ask": "figure", "depth": 8, "variance": "1/fan", "seed": 2}
    assert answer(question) == answer(question)
    assert answer({**question, "seed": 4})["arms"] != answer(question)["arms"]
    with pytest.raises(BadSetting, match="depth cannot be 7"):
        answer({"depth": 7})
    with pytest.raises(BadSetting, match="seed cannot be true"):
        answer({"seed": True})
