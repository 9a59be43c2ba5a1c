"""grad_through_time against Jacobian products, finite differences and a loop that is cut at every state."""

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from models.gradient_through_time import FLOOR, grad_through_time

T, B, D, H = 6, 3, 2, 4


@pytest.fixture
def x() -> Tensor:
    return torch.randn((T, B, D), generator=torch.Generator().manual_seed(1), dtype=torch.float64)


@pytest.fixture
def h0() -> Tensor:
    return torch.randn((B, H), generator=torch.Generator().manual_seed(2), dtype=torch.float64)


@pytest.fixture
def cell() -> nn.RNNCell:
    torch.manual_seed(4)
    return nn.RNNCell(D, H).double()


def energy(h: Tensor) -> Tensor:
    return (h**3).sum() / 3


def states_of(step: Callable[[Tensor, Tensor], Tensor], x: Tensor, h: Tensor) -> list[Tensor]:
    states = []
    for x_t in x:
        h = step(x_t, h)
        states.append(h)
    return states


def test_it_is_the_product_of_the_jacobians_that_the_paper_writes(cell: nn.RNNCell, x: Tensor, h0: Tensor):
    """dL/dh_t = (prod_k diag(1 - h_k^2) U)^T dL/dh_T, with no autograd in it."""
    relative, _ = grad_through_time(cell, energy, x, h0)
    with torch.no_grad():
        states = states_of(cell, x, h0)
        flow = states[-1] ** 2  # dL/dh_T of the energy
        norms = [flow.norm(dim=1)]
        for h in reversed(states[1:]):
            flow = (flow * (1 - h**2)) @ cell.weight_hh
            norms.insert(0, flow.norm(dim=1))
    assert torch.allclose(relative, torch.stack(norms) / norms[-1], rtol=1e-10)


def test_it_agrees_with_finite_differences(cell: nn.RNNCell, x: Tensor, h0: Tensor):
    relative, _ = grad_through_time(cell, energy, x, h0)
    with torch.no_grad():
        states = states_of(cell, x, h0)

        def slopes(t: int) -> Tensor:
            columns = []
            for k in range(H):
                nudge = torch.zeros(B, H, dtype=torch.float64)
                nudge[:, k] = 1e-5
                ends = [states_of(cell, x[t + 1 :], states[t] + way * nudge) for way in (1, -1)]
                up, down = (
                    (end[-1] if end else states[t] + way * nudge) for end, way in zip(ends, (1, -1), strict=True)
                )
                columns.append(((up**3).sum(1) - (down**3).sum(1)) / 3 / 2e-5)
            return torch.stack(columns, dim=1).norm(dim=1)

        expected = torch.stack([slopes(t) / slopes(T - 1) for t in range(T)])
    assert torch.allclose(relative, expected, rtol=1e-6)


def test_a_joint_lstm_state_is_followed_with_c_held_apart_from_h(x: Tensor):
    """The loop cut at every state: each (h, c) a leaf of its own, which makes h_t and c_t independent."""
    torch.manual_seed(5)
    lstm = nn.LSTMCell(D, H).double()

    def step(x_t: Tensor, state: Tensor) -> Tensor:
        return torch.cat(lstm(x_t, tuple(state.chunk(2, dim=1))), dim=1)

    joint = torch.zeros(B, 2 * H, dtype=torch.float64)
    relative, _ = grad_through_time(step, lambda s: energy(s[:, :H]), x, joint)
    with torch.no_grad():
        states = states_of(step, x, joint)
    leaf = states[-1].requires_grad_()
    (flow,) = torch.autograd.grad(energy(leaf[:, :H]), leaf)
    norms = [flow.norm(dim=1)]
    for t in range(T - 2, -1, -1):
        leaf = states[t].detach().requires_grad_()
        (flow,) = torch.autograd.grad(step(x[t + 1], leaf), leaf, flow)
        norms.insert(0, flow.norm(dim=1))
    assert torch.allclose(relative, torch.stack(norms) / norms[-1], rtol=1e-10)


def test_half_of_the_state_kept_is_half_of_the_gradient_at_each_step(x: Tensor, h0: Tensor):
    relative, logs = grad_through_time(lambda _, h: 0.5 * h, energy, x, h0)
    assert torch.allclose(relative[:, 0], torch.tensor([0.5**k for k in reversed(range(T))], dtype=torch.float64))
    assert torch.allclose(logs[:, 1], -math.log10(2) * torch.arange(T - 1.0, -1.0, -1.0, dtype=torch.float64))


def test_zeros_are_at_the_floor_and_a_blind_loss_is_zero_everywhere(x: Tensor, h0: Tensor):
    relative, logs = grad_through_time(lambda x_t, _: x_t.repeat(1, H // D), lambda h: h[1:].sum(), x, h0)
    assert relative[:, 0].eq(0).all()
    assert relative[-1].tolist() == [0.0, 1.0, 1.0]
    assert logs[0].tolist() == pytest.approx([math.log10(FLOOR)] * B)


def test_no_grad_is_written_and_no_graph_is_left(cell: nn.RNNCell, x: Tensor, h0: Tensor):
    with torch.no_grad():
        results = grad_through_time(cell, energy, x, h0)
        assert not torch.is_grad_enabled()
    assert not any(result.requires_grad for result in results)
    assert all(value.grad is None for value in cell.parameters())
    assert h0.grad is None
    assert not h0.requires_grad
