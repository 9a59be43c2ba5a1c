import math

import pytest
import torch
from torch import Tensor, nn

from models.recurrence import rnn_forward


def numbers(steps: int, batch: int, inputs: int, units: int) -> list[Tensor]:
    """x, h0, w, u, b."""
    rng = torch.Generator().manual_seed(steps + 10 * batch)
    shapes = [(steps, batch, inputs), (batch, units), (units, inputs), (units, units), (units,)]
    return [torch.randn(shape, generator=rng, dtype=torch.float64) for shape in shapes]


@pytest.mark.parametrize("sizes", [(5, 3, 2, 4), (1, 2, 3, 5), (4, 1, 3, 3), (3, 3, 4, 4), (7, 2, 1, 1)])
def test_states_and_gradients_are_those_of_torchs_rnn_with_the_same_weights(sizes):
    given = [tensor.requires_grad_() for tensor in numbers(*sizes)]
    x, h0, w, u, b = given
    layer = nn.RNN(sizes[2], sizes[3], dtype=torch.float64)
    zeros = torch.zeros_like(b)
    weights = {"weight_ih_l0": w, "weight_hh_l0": u, "bias_ih_l0": b, "bias_hh_l0": zeros}
    theirs, last = torch.func.functional_call(layer, weights, (x, h0[None]))
    mine = rnn_forward(x, h0, w, u, b)
    torch.testing.assert_close(mine, theirs)
    torch.testing.assert_close(mine[-1], last[0])
    weight = torch.randn_like(mine)
    for one, other in zip(
        torch.autograd.grad(mine, given, weight), torch.autograd.grad(theirs, given, weight), strict=True
    ):
        torch.testing.assert_close(one, other)


def test_every_number_is_the_equations():
    x, h0, w, u, b = (tensor.tolist() for tensor in numbers(3, 2, 2, 3))
    states = rnn_forward(*numbers(3, 2, 2, 3)).tolist()
    before = h0
    for t in range(3):
        for n in range(2):
            for i in range(3):
                a = b[i] + sum(w[i][d] * x[t][n][d] for d in range(2)) + sum(u[i][j] * before[n][j] for j in range(3))
                assert math.isclose(states[t][n][i], math.tanh(a), rel_tol=1e-12)
        before = states[t]


def test_the_dtype_and_the_device_are_those_of_x():
    single = rnn_forward(*(tensor.float() for tensor in numbers(2, 3, 4, 5)))
    elsewhere = rnn_forward(*(tensor.to("meta") for tensor in numbers(2, 3, 4, 5)))
    assert single.dtype == torch.float32
    assert elsewhere.is_meta
    assert elsewhere.shape == (2, 3, 5)
