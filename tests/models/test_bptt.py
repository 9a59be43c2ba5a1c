import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from models.bptt import bptt


def numbers(steps: int, batch: int, inputs: int, units: int) -> list[Tensor]:
    """dh, x, h0, w, u, b."""
    rng = torch.Generator().manual_seed(steps + 10 * batch)
    shapes = [(steps, batch, units), (steps, batch, inputs), (batch, units), (units, inputs), (units, units), (units,)]
    return [torch.randn(shape, generator=rng, dtype=torch.float64) for shape in shapes]


def agrees_with_torchs_rnn(sizes: tuple[int, int, int, int]) -> None:
    dh, *rest = numbers(*sizes)
    x, h0, w, u, b = leaves = [tensor.requires_grad_() for tensor in rest]
    layer = nn.RNN(sizes[2], sizes[3], dtype=torch.float64)
    weights = {"weight_ih_l0": w, "weight_hh_l0": u, "bias_ih_l0": b, "bias_hh_l0": torch.zeros_like(b)}
    h, _ = torch.func.functional_call(layer, weights, (x, h0[None]))
    theirs = torch.autograd.grad(h, leaves, dh)
    x, h0, h, w, u = (tensor.detach() for tensor in (x, h0, h, w, u))
    for one, other in zip(bptt(dh, x, h0, h, w, u), theirs, strict=True):
        torch.testing.assert_close(one, other)


@pytest.mark.parametrize("sizes", [(5, 3, 2, 4), (1, 2, 3, 5), (4, 1, 3, 3), (3, 3, 4, 4), (12, 2, 1, 1)])
def test_the_gradients_are_those_of_torchs_rnn(sizes):
    agrees_with_torchs_rnn(sizes)


@settings(deadline=None, max_examples=30)
@given(st.tuples(*[st.integers(1, 6)] * 4))
def test_any_sizes_give_autograds_gradients(sizes):
    agrees_with_torchs_rnn(sizes)


def test_a_finite_difference_of_the_first_state_agrees():
    dh, x, h0, w, u, b = numbers(4, 2, 3, 3)

    def states(first: Tensor) -> Tensor:
        found, h = [], first
        for x_t in x:
            h = torch.tanh(x_t @ w.T + h @ u.T + b)
            found.append(h)
        return torch.stack(found)

    move, step = torch.randn(2, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64), 1e-6
    measured = ((states(h0 + step * move) - states(h0 - step * move)) * dh).sum() / (2 * step)
    _, dh0, *_ = bptt(dh, x, h0, states(h0), w, u)
    torch.testing.assert_close((dh0 * move).sum(), measured, rtol=1e-7, atol=1e-9)


def test_dtypes_and_devices_stay():
    dh, x, h0, w, u, _ = numbers(3, 2, 4, 5)
    given = (dh, x, h0, torch.tanh(dh), w, u)
    assert all(result.dtype == torch.float32 for result in bptt(*(tensor.float() for tensor in given)))
    assert all(result.is_meta for result in bptt(*(tensor.to("meta") for tensor in given)))
