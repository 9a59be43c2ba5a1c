import math

import pytest
import torch
from torch import Tensor, nn

from models.noam import noam, smoothed_cross_entropy

V, PAD = 6, 2
MASSES = ["no-padding", "all"]


@pytest.fixture
def logits() -> Tensor:
    torch.manual_seed(0)
    return 2.0 * torch.randn(3, 4, V, dtype=torch.float64)


@pytest.fixture
def targets() -> Tensor:
    return torch.tensor([[0, 5, PAD, PAD], [1, 3, 4, 0], [5, PAD, PAD, PAD]])


def test_the_rate_is_a_line_up_to_the_warm_up_and_an_inverse_root_after_it():
    peak = 1 / math.sqrt(512 * 4000)
    assert noam(4000, 512, 4000) == pytest.approx(peak)
    assert peak == pytest.approx(0.0007, abs=2e-6)
    for step in (1, 40, 3999):
        assert noam(step, 512, 4000) == pytest.approx(peak * step / 4000)
    for step in (4001, 16_000, 100_000):
        assert noam(step, 512, 4000) == pytest.approx(peak * math.sqrt(4000 / step))


def test_the_rate_of_step_0_is_that_of_step_1():
    assert noam(0, 64, 10) == noam(1, 64, 10) > 0


def test_spread_over_all_it_is_torch_s_label_smoothing(logits: Tensor, targets: Tensor):
    for smoothing in (0.0, 0.1, 0.6):
        expected = nn.functional.cross_entropy(
            logits.flatten(0, 1), targets.flatten(), ignore_index=PAD, label_smoothing=smoothing
        )
        assert torch.allclose(smoothed_cross_entropy(logits, targets, smoothing, PAD, mass="all"), expected)


def test_without_padding_s_share_it_is_torch_s_cross_entropy_against_those_probabilities(
    logits: Tensor, targets: Tensor
):
    wanted = torch.full((3, 4, V), 0.1 / (V - 1), dtype=torch.float64)
    wanted[..., PAD] = 0.0
    wanted.view(-1, V)[torch.arange(12), targets.flatten()] += 0.9
    keep = targets != PAD
    assert torch.allclose(wanted[keep].sum(-1), torch.ones(int(keep.sum()), dtype=torch.float64))
    expected = nn.functional.cross_entropy(logits[keep], wanted[keep])
    assert torch.allclose(smoothed_cross_entropy(logits, targets, 0.1, PAD), expected)


@pytest.mark.parametrize("mass", MASSES)
def test_it_is_smallest_where_p_is_q_and_is_the_entropy_of_q_there(mass: str):
    count = V if mass == "all" else V - 1
    q = torch.full((V,), 0.1 / count, dtype=torch.float64)
    q[PAD] = 0.1 / V if mass == "all" else 0.0
    q[4] += 0.9
    leaf = q.clamp(min=1e-300).log().requires_grad_()
    loss = smoothed_cross_entropy(leaf, torch.tensor(4), 0.1, PAD, mass=mass)
    assert loss.item() == pytest.approx(-sum(each * math.log(each) for each in q.tolist() if each))
    assert float(torch.autograd.grad(loss, leaf)[0].abs().max()) < 1e-12


@pytest.mark.parametrize("mass", MASSES)
def test_gradients_are_right_numerically_and_padding_has_none(logits: Tensor, targets: Tensor, mass: str):
    leaf = logits.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: smoothed_cross_entropy(x, targets, 0.2, PAD, mass=mass), (leaf,))
    (gradient,) = torch.autograd.grad(smoothed_cross_entropy(leaf, targets, 0.2, PAD, mass=mass), leaf)
    assert not gradient[targets == PAD].any()
    assert gradient[targets != PAD].all()


@pytest.mark.parametrize("mass", MASSES)
def test_nothing_but_padding_costs_nothing_and_logits_of_1000_stay_finite(logits: Tensor, targets: Tensor, mass: str):
    assert smoothed_cross_entropy(logits, torch.full_like(targets, PAD), 0.1, PAD, mass=mass).item() == 0.0
    assert bool(smoothed_cross_entropy(1000.0 * logits, targets, 0.1, PAD, mass=mass).isfinite())
