import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from models.batchnorm_backward import batchnorm_backward


def drawn(*shape: int, seed: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def batch(shape: tuple[int, ...]) -> tuple[Tensor, Tensor, Tensor]:
    """dy, x and weight; the first channel of x hardly varies, every one lies elsewhere."""
    channels = shape[1]
    spread = torch.linspace(1.0, 5.0, channels, dtype=torch.float64)
    spread[0] = 3e-3
    x = spread[:, None, None] * drawn(*shape, seed=0) + 3.0 * drawn(channels, 1, 1, seed=1)
    return drawn(*shape, seed=2) + 0.5, x, drawn(channels, seed=3)


def agrees_with_autograd(shape: tuple[int, ...], eps: float) -> None:
    dy, x, weight = batch(shape)
    leaves = [x.clone().requires_grad_(), weight.clone().requires_grad_(), drawn(shape[1], seed=4).requires_grad_()]
    y = nn.functional.batch_norm(leaves[0], None, None, leaves[1], leaves[2], training=True, eps=eps)
    for mine, theirs in zip(batchnorm_backward(dy, x, weight, eps), torch.autograd.grad(y, leaves, dy), strict=True):
        torch.testing.assert_close(mine, theirs, rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("eps", [1e-5, 0.4])
@pytest.mark.parametrize("shape", [(4, 3, 2, 5), (1, 3, 6, 2), (3, 1, 2, 4), (2, 4, 1, 1), (3, 3, 3, 3)])
def test_the_gradients_are_those_of_torchs_batch_norm(shape: tuple[int, ...], eps: float):
    agrees_with_autograd(shape, eps)


@settings(deadline=None, max_examples=40)
@given(st.tuples(st.integers(2, 5), *[st.integers(1, 5)] * 3), st.floats(1e-6, 10.0))
def test_any_shape_and_eps_give_autograds_gradients(shape: tuple[int, ...], eps: float):
    agrees_with_autograd(shape, eps)


def test_the_six_equations_of_the_paper_give_the_same():
    dy, x, weight = batch((3, 2, 4, 5))
    for c in range(2):
        values, upstream, eps = x[:, c].flatten().tolist(), dy[:, c].flatten().tolist(), 0.2
        m, gamma = len(values), weight[c].item()
        mean = sum(values) / m
        var = sum((value - mean) ** 2 for value in values) / m
        dxhat = [gamma * up for up in upstream]
        dvar = sum(d * (v - mean) * -0.5 * (var + eps) ** -1.5 for d, v in zip(dxhat, values, strict=True))
        dmean = sum(-d / (var + eps) ** 0.5 for d in dxhat) + dvar * sum(-2 * (v - mean) for v in values) / m
        pairs = zip(dxhat, values, strict=True)
        by_hand = [d / (var + eps) ** 0.5 + dvar * 2 * (v - mean) / m + dmean / m for d, v in pairs]
        dx, _, _ = batchnorm_backward(dy, x, weight, eps)
        torch.testing.assert_close(dx[:, c].flatten(), torch.tensor(by_hand, dtype=torch.float64))


def test_a_channel_of_one_value_passes_nothing_on():
    dx, dweight, dbias = batchnorm_backward(torch.full((1, 2, 1, 1), 3.0), torch.ones(1, 2, 1, 1), torch.ones(2))
    assert (dx.flatten().tolist(), dweight.tolist(), dbias.tolist()) == ([0.0, 0.0], [0.0, 0.0], [3.0, 3.0])


def test_dtype_and_device_are_those_of_the_inputs():
    dy, x, weight = torch.ones(2, 3, 4, 5, dtype=torch.float32), torch.ones(2, 3, 4, 5), torch.ones(3)
    assert [g.dtype for g in batchnorm_backward(dy, x, weight)] == [torch.float32] * 3
    without_values = batchnorm_backward(dy.to("meta"), x.to("meta"), weight.to("meta"))
    assert [g.device.type for g in without_values] == ["meta"] * 3
