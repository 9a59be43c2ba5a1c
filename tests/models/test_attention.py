import math

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from models.attention import attention

B, H, N, M, K, V = 2, 3, 4, 5, 6, 2
KINDS = ("keep", "hide", "additive")


@pytest.fixture
def given() -> tuple[Tensor, Tensor, Tensor]:
    rng = torch.Generator().manual_seed(0)
    q, k, v = (torch.randn(B, H, *shape, generator=rng, dtype=torch.float64) for shape in ((N, K), (M, K), (M, V)))
    return q, k, v


@pytest.fixture
def keep() -> Tensor:
    mask = torch.rand(B, 1, N, M, generator=torch.Generator().manual_seed(1)) < 0.5
    mask[..., 0] = True
    return mask


def of_kind(kind: str, keep: Tensor) -> Tensor:
    additive = torch.where(keep, 0.0, -math.inf).double()
    return {"keep": keep, "hide": ~keep, "additive": additive}[kind]


def test_without_a_mask_it_is_torch_s(given: tuple[Tensor, Tensor, Tensor]):
    assert torch.allclose(attention(*given)[0], functional.scaled_dot_product_attention(*given))


@pytest.mark.parametrize("kind", KINDS)
def test_with_each_kind_of_mask_it_is_torch_s_with_the_bool_one(
    given: tuple[Tensor, Tensor, Tensor], keep: Tensor, kind: str
):
    output, weights = attention(*given, of_kind(kind, keep), polarity=kind)
    assert torch.allclose(output, functional.scaled_dot_product_attention(*given, attn_mask=keep))
    assert not weights[~keep.expand_as(weights)].any()
    assert torch.allclose(weights.sum(-1), torch.ones(B, H, N, dtype=torch.float64))


def test_a_causal_mask_is_torch_s_is_causal(given: tuple[Tensor, Tensor, Tensor]):
    q, k, v = given
    causal = torch.ones(N, N, dtype=torch.bool).tril()
    theirs = functional.scaled_dot_product_attention(q, k[..., :N, :], v[..., :N, :], is_causal=True)
    assert torch.allclose(attention(q, k[..., :N, :], v[..., :N, :], causal)[0], theirs)


def test_number_by_number_it_is_the_equation(given: tuple[Tensor, Tensor, Tensor], keep: Tensor):
    """Plain numbers of one head of one sentence: no tensor, no broadcast."""
    q, k, v = (each[1, 2].tolist() for each in given)
    seen, expected = keep[1, 0].tolist(), []
    for query, may in zip(q, seen, strict=True):
        scores = [sum(a * b for a, b in zip(query, key, strict=True)) / math.sqrt(K) for key in k]
        powers = [math.exp(score) if may_j else 0.0 for score, may_j in zip(scores, may, strict=True)]
        expected.append([sum(p * row[c] for p, row in zip(powers, v, strict=True)) / sum(powers) for c in range(V)])
    assert torch.allclose(attention(*given, keep)[0][1, 2], torch.tensor(expected, dtype=torch.float64))


@pytest.mark.parametrize("kind", KINDS)
def test_a_query_that_sees_nothing_gets_0_and_sends_no_gradient(
    given: tuple[Tensor, Tensor, Tensor], keep: Tensor, kind: str
):
    q, k, v = (each.requires_grad_() for each in given)
    keep[:, :, 2] = False
    output, weights = attention(q, k, v, of_kind(kind, keep), polarity=kind)
    output.sum().backward()
    assert not output[:, :, 2].any()
    assert not weights[:, :, 2].any()
    assert q.grad is not None
    assert k.grad is not None
    assert not q.grad[:, :, 2].any()
    assert k.grad.isfinite().all()


def test_gradients_are_right_numerically_where_a_query_sees_nothing_too(
    given: tuple[Tensor, Tensor, Tensor], keep: Tensor
):
    keep[0, 0, 1] = False
    leaves = [each[:, :1].detach().requires_grad_() for each in given]
    assert torch.autograd.gradcheck(lambda q, k, v: attention(q, k, v, keep), leaves)


def test_scores_of_a_thousand_are_no_reason_for_nan(given: tuple[Tensor, Tensor, Tensor], keep: Tensor):
    q, k, v = given
    output, _ = attention(40.0 * q, 40.0 * k, v, keep)
    assert torch.allclose(output, functional.scaled_dot_product_attention(40.0 * q, 40.0 * k, v, attn_mask=keep))


def test_the_variance_of_a_score_of_unit_normal_numbers_is_1():
    rng = torch.Generator().manual_seed(2)
    q, k = (torch.randn(4000, 1, 64, generator=rng) for _ in range(2))
    logs = attention(q, torch.cat([k, 0 * k], 1), torch.zeros(4000, 2, 1))[1].logit()[..., 0]
    assert math.isclose(logs.var().item(), 1.0, abs_tol=0.1)
