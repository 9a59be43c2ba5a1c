"""trace_gates against torch's own cell, run by hand."""

import pytest
import torch
from torch import Tensor, nn

from models.gate_trace import trace_gates

D, H, VOCABULARY = 3, 4, 6
IDS = torch.tensor([5, 0, 0, 3, 1])


class CharacterNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, D)
        self.dropout = nn.Dropout(0.5)
        self.cell = nn.LSTMCell(D, H)


@pytest.fixture
def net() -> CharacterNet:
    torch.manual_seed(3)
    net = CharacterNet().double()
    net.cell.eval()
    return net


def by_torch(net: CharacterNet, state: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """h and c after each character, by torch.nn.LSTMCell."""
    rows = []
    with torch.no_grad():
        for x in net.embedding(IDS):
            state = net.cell(x, state)
            rows.append(state)
    return torch.stack([h for h, _ in rows]), torch.stack([c for _, c in rows])


def test_the_states_are_those_of_torch_s_cell(net: CharacterNet):
    trace = trace_gates(net, IDS)
    h, c = by_torch(net)
    assert torch.allclose(trace["h"], h, rtol=1e-12)
    assert torch.allclose(trace["c"], c, rtol=1e-12)


def test_a_given_state_is_read_on_from(net: CharacterNet):
    state = torch.randn(H, dtype=torch.float64), torch.randn(H, dtype=torch.float64)
    trace = trace_gates(net, IDS, state=state)
    assert torch.allclose(trace["h"], by_torch(net, state)[0], rtol=1e-12)


@pytest.mark.parametrize("gate", ["i", "f", "g", "o"])
def test_a_gate_is_what_torch_s_cell_gives_when_all_others_are_set_by_hand(net: CharacterNet, gate: str):
    """Biases of 40 open a gate and shut it: then the states of torch's cell tell the one gate that is left."""
    block = {name: slice(H * k, H * (k + 1)) for k, name in enumerate("ifgo")}
    with torch.no_grad():
        net.cell.weight_hh.zero_()
        for name in set("ifgo") - {gate}:
            net.cell.weight_ih[block[name]] = 0.0
            net.cell.bias_ih[block[name]] = 40.0
            net.cell.bias_hh[block[name]] = 0.0
        if gate != "f":
            net.cell.bias_ih[block["f"]] = -40.0
    ones = torch.ones(H, dtype=torch.float64)
    trace = trace_gates(net, IDS, state=(ones, ones))
    for t, x in enumerate(net.embedding(IDS)):
        c_before = trace["c"][t - 1] if t else ones
        h, c = net.cell(x, (ones, c_before))
        told = {"i": c, "g": c, "f": c - 1.0 if t == 0 else (c - 1.0) / c_before, "o": h / torch.tanh(c)}[gate]
        assert torch.allclose(trace[gate][t], told, rtol=1e-12)


@pytest.mark.parametrize("order", ["ifog", "ogfi"])
def test_blocks_in_another_order_give_the_same_traces(net: CharacterNet, order: str):
    right = trace_gates(net, IDS)
    with torch.no_grad():
        for parameter in net.cell.parameters():
            blocks = dict(zip("ifgo", parameter.chunk(4), strict=True))
            parameter.copy_(torch.cat([blocks[name] for name in order]))
    assert all(torch.equal(right[name], value) for name, value in trace_gates(net, IDS, order).items())


@pytest.mark.parametrize("ids", [IDS, torch.tensor([1, VOCABULARY])])
def test_modes_gradients_and_random_numbers_are_left_alone(net: CharacterNet, ids: Tensor):
    modes = [part.training for part in net.modules()]
    random = torch.get_rng_state()
    if ids.max() == VOCABULARY:
        with pytest.raises(IndexError):
            trace_gates(net, ids)
    else:
        assert not any(value.requires_grad for value in trace_gates(net, ids).values())
    assert [part.training for part in net.modules()] == modes
    assert set(modes) == {True, False}
    assert torch.is_grad_enabled()
    assert torch.equal(random, torch.get_rng_state())
