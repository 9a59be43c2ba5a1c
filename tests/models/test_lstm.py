import pytest
import torch
from torch import Tensor, nn

from models.lstm import LSTM
from models.lstm_cell import lstm_cell

B, T, D, H = 3, 5, 2, 4


@pytest.fixture
def x() -> Tensor:
    torch.manual_seed(0)
    return torch.randn(B, T, D, dtype=torch.float64)


def pair(layers: int) -> tuple[LSTM, nn.LSTM]:
    """Ours and torch's, with the same numbers under the same names."""
    torch.manual_seed(1)
    theirs = nn.LSTM(D, H, layers, batch_first=True, dtype=torch.float64)
    ours = LSTM(lstm_cell, D, H, layers).double()
    ours.load_state_dict(theirs.state_dict())
    return ours, theirs


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_it_is_torch_s_layer_in_its_output_its_state_and_its_gradients(x: Tensor, layers: int):
    ours, theirs = pair(layers)
    state = 2 * (torch.randn(layers, B, H, dtype=torch.float64),)
    found, expected = ours(x, state), theirs(x, state)
    assert torch.allclose(found[0], expected[0])
    assert torch.allclose(torch.stack(found[1]), torch.stack(expected[1]))
    found[0].square().sum().backward()
    expected[0].square().sum().backward()
    for name, parameter in ours.named_parameters():
        torch.testing.assert_close(parameter.grad, theirs.get_parameter(name).grad, msg=name)


@pytest.mark.parametrize("layers", [1, 2])
def test_without_a_state_it_begins_with_zeros_every_time(x: Tensor, layers: int):
    ours, theirs = pair(layers)
    for batch in (x, x[:1], x):
        assert torch.allclose(ours(batch)[0], theirs(batch)[0])


def test_the_state_it_gives_carries_no_graph_and_its_output_does(x: Tensor):
    ours, _ = pair(2)
    out, state = ours(x)
    assert out.requires_grad
    assert not any(part.requires_grad for part in state)
    leaf = x.clone().requires_grad_()
    _, state = ours(leaf)
    out, _ = ours(x, state)
    assert torch.autograd.grad(out.sum(), leaf, allow_unused=True) == (None,)


def test_gradients_through_time_are_right_numerically(x: Tensor):
    ours, _ = pair(2)
    assert torch.autograd.gradcheck(lambda batch: ours(batch)[0], (x[:2, :3].clone().requires_grad_(),))


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_its_parameters_are_exactly_as_many_as_torch_s(layers: int):
    ours, theirs = pair(layers)
    count = sum(parameter.numel() for parameter in ours.parameters())
    assert count == sum(parameter.numel() for parameter in theirs.parameters())
    assert count == 4 * H * (D + H + 2) + (layers - 1) * 4 * H * (H + H + 2)


def test_first_weights_lie_within_one_over_the_root_of_the_units():
    torch.manual_seed(2)
    ours = LSTM(lstm_cell, 8, 25)
    largest = max(parameter.abs().max().item() for parameter in ours.parameters())
    assert 0.19 < largest <= 0.2
