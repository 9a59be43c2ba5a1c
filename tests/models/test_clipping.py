import pytest
import torch
from torch import nn

from models.clipping import clip_grad_norm


def parameters(scale: float = 1.0, dtype: torch.dtype = torch.float64) -> list[nn.Parameter]:
    rng = torch.Generator().manual_seed(3)
    made = []
    for shape in [(3, 4), (4,), (), (2, 3, 2)]:
        parameter = nn.Parameter(torch.randn(shape, generator=rng, dtype=dtype))
        parameter.grad = scale * torch.randn(shape, generator=rng, dtype=dtype)
        made.append(parameter)
    made[1].grad = None
    return made


def gradients(of: list[nn.Parameter]) -> list[torch.Tensor]:
    return [parameter.grad for parameter in of if parameter.grad is not None]


@pytest.mark.parametrize("scale", [0.1, 1.0, 100.0])
@pytest.mark.parametrize("max_norm", [0.5, 1.0, 5.0])
def test_it_does_what_torchs_own_does(scale, max_norm):
    mine, theirs = parameters(scale), parameters(scale)
    norm = clip_grad_norm(iter(mine), max_norm)
    torch.testing.assert_close(norm, nn.utils.clip_grad_norm_(theirs, max_norm))
    for one, other in zip(gradients(mine), gradients(theirs), strict=True):
        torch.testing.assert_close(one, other)
    assert mine[1].grad is None


def test_large_gradients_end_at_max_norm_and_small_ones_stay():
    large, small = parameters(10.0), parameters(0.01)
    before = [gradient.clone() for gradient in gradients(small)]
    clip_grad_norm(large, 2.0)
    clip_grad_norm(small, 2.0)
    together = torch.cat([gradient.flatten() for gradient in gradients(large)])
    assert float(together.norm()) == pytest.approx(2.0, rel=1e-6)
    assert all(torch.equal(one, other) for one, other in zip(before, gradients(small), strict=True))


def test_without_any_gradient_the_norm_is_zero():
    assert float(clip_grad_norm([], 1.0)) == 0.0
    assert float(clip_grad_norm([nn.Parameter(torch.ones(2))], 1.0)) == 0.0


def test_half_precision_does_not_overflow_where_the_norm_fits():
    half = [nn.Parameter(torch.zeros(16, dtype=torch.float16))]
    half[0].grad = torch.full((16,), 300.0, dtype=torch.float16)
    assert float(clip_grad_norm(half, 1.0)) == 1200.0
    assert float(half[0].grad[0]) == pytest.approx(0.25, rel=1e-3)
