"""The curves against torch's own cells, cut at every state, and against products of Jacobians."""

import pytest
import torch
from torch import nn

from models.figures.gradient_through_time import (
    FORGET_BIASES,
    RECURRENT,
    SEQUENCES,
    UNITS,
    Recurrent,
    answer,
    built,
    step_of,
)
from models.figures.recall_batches import RecallBatches
from models.figures.settings import BadSetting
from models.jacobian_product import jacobian_product

STEPS = 20
QUESTION = {"steps": STEPS, "recurrent": "torch's", "trained": 0, "seed": 3}


@pytest.fixture(scope="module")
def measured():
    return answer(QUESTION)


@pytest.fixture(scope="module")
def data():
    x, labels = RecallBatches(STEPS, 3).held_out(SEQUENCES)
    return x.double(), labels


def geometric(norms: list[torch.Tensor]) -> list[float]:
    relative = torch.stack(norms) / norms[-1]
    return relative.log().mean(dim=1).exp().tolist()


def as_cell(net: Recurrent, cell: nn.RNNCellBase) -> nn.RNNCellBase:
    cell.load_state_dict({name.removesuffix("_l0"): value for name, value in net.layer.state_dict().items()})
    return cell.double()


def losses_gradient(net: Recurrent, h: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    leaf = h.detach().double().requires_grad_()
    logits = leaf @ net.readout.weight.double().T + net.readout.bias.double()
    return torch.autograd.grad(nn.functional.cross_entropy(logits, labels), leaf)[0]


def test_the_rnns_curve_is_its_product_of_jacobians_and_stays_under_its_bound(measured, data):
    x, labels = data
    net = built("RNN", "torch's", 3)
    cell, h, states = as_cell(net, nn.RNNCell(8, UNITS)), torch.zeros(SEQUENCES, UNITS).double(), []
    with torch.no_grad():
        for x_t in x:
            h = cell(x_t, h)
            states.append(h)
    u = cell.get_parameter("weight_hh").detach()
    end = losses_gradient(net, h, labels)
    products = jacobian_product(torch.stack(states), u)[1:]  # from h_1 on
    norms = list(torch.einsum("tbij,bi->tbj", products, end).norm(dim=2))
    assert measured["arms"]["RNN"]["h"] == pytest.approx(geometric(norms), rel=2e-3)
    assert measured["sigma_max"] == pytest.approx(float(torch.linalg.svdvals(u).max()), rel=1e-3)
    for norm, bound in zip(measured["arms"]["RNN"]["h"], measured["bound"], strict=True):
        assert norm <= bound * 1.001


def test_the_grus_curve_is_that_of_torchs_cell_cut_at_every_state(measured, data):
    x, labels = data
    net = built("GRU", "torch's", 3)
    cell, states = as_cell(net, nn.GRUCell(8, UNITS)), [torch.zeros(SEQUENCES, UNITS).double()]
    with torch.no_grad():
        for x_t in x:
            states.append(cell(x_t, states[-1]))
    flow = losses_gradient(net, states[-1], labels)
    norms = [flow.norm(dim=1)]
    for t in range(STEPS - 1, 0, -1):
        leaf = states[t].detach().requires_grad_()
        (flow,) = torch.autograd.grad(cell(x[t], leaf), leaf, flow)
        norms.insert(0, flow.norm(dim=1))
    assert measured["arms"]["GRU"]["h"] == pytest.approx(geometric(norms), rel=2e-3)


@pytest.mark.parametrize("name", FORGET_BIASES)
def test_an_lstms_curves_are_those_of_torchs_cell_with_h_and_c_cut_apart(name: str, measured, data):
    """Back by pairs (dL/dh_t, dL/dc_t), each a leaf; what c_t does on the whole includes h_t = o_t tanh(c_t)."""
    x, labels = data
    net = built(name, "torch's", 3)
    cell = as_cell(net, nn.LSTMCell(8, UNITS))
    zeros = torch.zeros(SEQUENCES, UNITS).double()
    states = [(zeros, zeros)]
    with torch.no_grad():
        for x_t in x:
            states.append(cell(x_t, states[-1]))

    def whole(t: int, dh: torch.Tensor, dc: torch.Tensor) -> torch.Tensor:
        h, c = states[t]
        slope = h / torch.tanh(c) * (1 - torch.tanh(c) ** 2)  # o_t (1 - tanh(c_t)^2)
        return (dc + dh * slope).norm(dim=1)

    dh, dc = losses_gradient(net, states[-1][0], labels), zeros
    joint, cells = [dh.norm(dim=1)], [whole(STEPS, dh, dc)]
    for t in range(STEPS - 1, 0, -1):
        leaves = tuple(part.detach().requires_grad_() for part in states[t])
        dh, dc = torch.autograd.grad(cell(x[t], leaves), leaves, (dh, dc))
        joint.insert(0, torch.cat([dh, dc], dim=1).norm(dim=1))
        cells.insert(0, whole(t, dh, dc))
    arm = measured["arms"][name]
    assert arm["joint"] == pytest.approx(geometric(joint), rel=2e-3)
    assert arm["c"] == pytest.approx(geometric(cells), rel=2e-3)


def test_untrained_forget_gates_are_the_sigmoid_of_their_bias(measured):
    for name, bias in FORGET_BIASES.items():
        gates = measured["arms"][name]["forget"]
        assert gates["mean"] == pytest.approx(1 / (1 + 2.718281828**-bias), abs=0.01)
        assert gates["mean"] < gates["top"] < gates["mean"] + 0.08


@pytest.mark.parametrize("recurrent", RECURRENT[1:])
def test_an_orthogonal_u_has_one_singular_value_and_the_bound_holds(recurrent: str):
    found = answer({**QUESTION, "recurrent": recurrent})
    factor = float(recurrent.removesuffix("orthogonal") or 1)
    assert found["sigma_max"] == pytest.approx(factor, rel=1e-3) == found["spectral_radius"]
    assert found["bound"][0] == pytest.approx(factor ** (STEPS - 1), rel=1e-3)
    assert all(a <= b * 1.001 for a, b in zip(found["arms"]["RNN"]["h"], found["bound"], strict=True))


def test_the_reference_steps_are_what_torchs_layers_compute():
    x = torch.randn(5, 2, 8, generator=torch.Generator().manual_seed(0))
    for name in ("RNN", "GRU", *FORGET_BIASES):
        layer = built(name, "torch's", 0).layer
        state = torch.zeros(2, UNITS * (2 if isinstance(layer, nn.LSTM) else 1))
        for x_t in x:
            state = step_of(layer)(x_t, state)
        torch.testing.assert_close(state[:, :UNITS], layer(x)[0][-1], rtol=1e-5, atol=1e-6)


def test_training_changes_the_nets_and_the_same_question_has_the_same_answer(monkeypatch):
    monkeypatch.setattr("models.figures.gradient_through_time.SETTINGS", {
        "steps": (5,), "recurrent": RECURRENT, "trained": (0, 60), "seed": range(3),
    })  # fmt: skip
    before, after = answer({}), answer({"trained": 60})
    assert after == answer({"trained": 60})
    assert answer({"seed": 1})["arms"] != before["arms"]
    assert after["arms"]["RNN"]["loss"] < before["arms"]["RNN"]["loss"] / 2


def test_a_setting_that_is_not_there_is_named():
    with pytest.raises(BadSetting, match="steps cannot be 7"):
        answer({"steps": 7})
