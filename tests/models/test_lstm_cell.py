from itertools import permutations

import pytest
import torch
from torch import Tensor, nn

from models.lstm_cell import lstm_cell

B, D, H = 3, 2, 4
ORDERS = ["".join(order) for order in permutations("ifgo")]


def from_torch(tensor: Tensor, gate_order: str) -> Tensor:
    """torch's rows, which lie in the order i, f, g, o, in another order."""
    rows = dict(zip("ifgo", tensor.chunk(4), strict=True))
    return torch.cat([rows[gate] for gate in gate_order])


@pytest.fixture
def torchs() -> nn.LSTMCell:
    torch.manual_seed(0)
    return nn.LSTMCell(D, H, dtype=torch.float64)


@pytest.mark.parametrize("gate_order", ORDERS)
def test_in_every_order_of_the_gates_it_is_torch_s_cell_over_five_steps(torchs: nn.LSTMCell, gate_order: str):
    weights = [from_torch(weight, gate_order) for weight in torchs.parameters()]
    x, ours = torch.randn(5, B, D, dtype=torch.float64), 2 * (torch.randn(B, H, dtype=torch.float64),)
    theirs = ours
    for step in x:
        ours, theirs = lstm_cell(step, *ours, *weights, gate_order=gate_order), torchs(step, theirs)
    assert torch.allclose(torch.stack(ours), torch.stack(theirs))


def test_its_weights_are_as_many_as_torch_s(torchs: nn.LSTMCell):
    assert sum(weight.numel() for weight in torchs.parameters()) == 4 * H * (D + H + 2)


def test_gradients_of_all_it_takes_are_right_numerically(torchs: nn.LSTMCell):
    torch.manual_seed(1)
    given = [torch.randn(shape, dtype=torch.float64, requires_grad=True) for shape in ((B, D), (B, H), (B, H))]
    assert torch.autograd.gradcheck(lstm_cell, (*given, *torchs.parameters()))


def test_with_the_forget_gate_open_and_the_input_gate_shut_the_cell_keeps_what_it_holds():
    weights = [torch.zeros(4 * H, D), torch.zeros(4 * H, H), torch.zeros(4 * H), torch.zeros(4 * H)]
    weights[2][:H], weights[2][H : 2 * H] = -40.0, 40.0
    w_ih, w_hh, b_ih, b_hh = weights
    c = torch.randn(B, H)
    for _ in range(100):
        _, kept = lstm_cell(torch.randn(B, D), torch.randn(B, H), c, w_ih, w_hh, b_ih, b_hh)
        assert torch.equal(kept, c)
