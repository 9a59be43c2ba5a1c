import math

import pytest
import torch
from torch.nn import functional

from models.softmax import cross_entropy, softmax


def random(*shape: int, seed: int = 0, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    return 3.0 * torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)


@pytest.mark.parametrize("dim", [0, 1, 2, -1, -3])
def test_it_is_torch_s_softmax_along_every_axis(dim: int):
    x = random(2, 3, 4)
    assert torch.allclose(softmax(x, dim), functional.softmax(x, dim))


def test_three_scores_whose_powers_are_1_2_and_5():
    x = torch.tensor([0.0, math.log(2.0), math.log(5.0)], dtype=torch.float64)
    assert torch.allclose(softmax(x, 0), torch.tensor([1 / 8, 2 / 8, 5 / 8], dtype=torch.float64))


def test_of_two_scores_it_is_the_sigmoid_of_their_difference():
    x = random(5, 2)
    assert torch.allclose(softmax(x, -1)[:, 0], torch.sigmoid(x[:, 0] - x[:, 1]))


def test_a_score_of_minus_infinity_gets_0_and_no_gradient():
    x = torch.tensor([0.5, -torch.inf, 0.5], dtype=torch.float64, requires_grad=True)
    p = softmax(x, 0)
    p[0].backward()
    assert p.tolist() == [0.5, 0.0, 0.5]
    assert x.grad is not None
    assert torch.allclose(x.grad, torch.tensor([0.25, 0.0, -0.25], dtype=torch.float64))


@pytest.mark.parametrize("offset", [1000.0, -1000.0, 0.0])
def test_scores_of_a_thousand_are_as_good_as_any(offset: float):
    assert torch.allclose(softmax(random(2, 3) + offset, -1), functional.softmax(random(2, 3), -1))


def test_its_gradient_is_right_numerically():
    assert torch.autograd.gradcheck(lambda x: softmax(x, 1), random(2, 3, 2).requires_grad_())


@pytest.mark.parametrize("pad", [0, 2, 4])
def test_the_loss_is_torch_s_with_the_padding_ignored(pad: int):
    logits, targets = random(3, 6, 5), torch.randint(5, (3, 6), generator=torch.Generator().manual_seed(1))
    assert (targets == pad).any()
    theirs = functional.cross_entropy(logits.transpose(1, 2), targets, ignore_index=pad)
    assert torch.allclose(cross_entropy(logits, targets, pad), theirs)


def test_with_equal_logits_each_token_costs_the_logarithm_of_their_number():
    assert math.isclose(
        cross_entropy(torch.zeros(2, 3, 7), torch.ones(2, 3).long(), 0).item(), math.log(7), rel_tol=1e-6
    )


def test_where_all_is_padding_the_loss_is_0_and_so_is_its_gradient():
    logits = random(2, 3, 4).requires_grad_()
    loss = cross_entropy(logits, torch.full((2, 3), 1), pad=1)
    loss.backward()
    assert loss.item() == 0.0
    assert logits.grad is not None
    assert not logits.grad.any()


def test_the_gradient_is_p_minus_1_at_the_target_over_the_number_of_targets():
    logits, targets = random(2, 3, 4).requires_grad_(), torch.tensor([[2, 1, 0], [3, 0, 0]])
    cross_entropy(logits, targets, pad=0).backward()
    counted = (targets != 0)[..., None]
    expected = (functional.softmax(logits, -1) - functional.one_hot(targets, 4)) * counted / 3
    assert logits.grad is not None
    assert torch.allclose(logits.grad, expected)


def test_float32_stays_float32():
    x = random(2, 3, dtype=torch.float32)
    assert softmax(x, 0).dtype == cross_entropy(x, torch.tensor([1, 2]), 0).dtype == torch.float32
