import pytest
import torch
from torch import Tensor, nn

from models.layer_norm import LayerNorm

D = 5


def pair(eps: float = 1e-5) -> tuple[LayerNorm, nn.LayerNorm]:
    """Ours and torch's, with the same numbers under the same names."""
    torch.manual_seed(0)
    theirs = nn.LayerNorm(D, eps, dtype=torch.float64)
    nn.init.normal_(theirs.weight)
    nn.init.normal_(theirs.bias)
    ours = LayerNorm(D, eps).double()
    ours.load_state_dict(theirs.state_dict())
    return ours, theirs


@pytest.fixture
def x() -> Tensor:
    torch.manual_seed(1)
    return 3.0 * torch.randn(2, 4, D, dtype=torch.float64) + 0.5


@pytest.mark.parametrize("eps", [1e-5, 0.7])
@pytest.mark.parametrize("shape", [(D,), (3, D), (2, 4, D), (1, 2, 3, D)])
def test_it_is_torch_s_layer_in_its_output_and_its_gradients(eps: float, shape: tuple[int, ...]):
    ours, theirs = pair(eps)
    leaf = torch.randn(shape, dtype=torch.float64, requires_grad=True)
    found, expected = ours(leaf), theirs(leaf)
    assert torch.allclose(found, expected)
    ours_found = torch.autograd.grad(found.sin().sum(), (leaf, ours.weight, ours.bias))
    theirs_found = torch.autograd.grad(expected.sin().sum(), (leaf, theirs.weight, theirs.bias))
    assert all(map(torch.allclose, ours_found, theirs_found))


def test_gradients_are_right_numerically(x: Tensor):
    ours, _ = pair()
    assert torch.autograd.gradcheck(ours, (x.requires_grad_(),))


def test_it_starts_as_torch_s_does():
    ours, theirs = LayerNorm(D), nn.LayerNorm(D)
    assert {name: value.tolist() for name, value in ours.state_dict().items()} == {
        name: value.tolist() for name, value in theirs.state_dict().items()
    }
    assert ours.eps == theirs.eps


def test_a_token_depends_on_no_other_and_evaluation_changes_nothing(x: Tensor):
    ours, _ = pair()
    assert torch.allclose(ours(x)[1, 2], ours.eval()(x[1, 2]))


def test_a_token_of_equal_numbers_comes_out_as_the_bias_and_its_gradient_is_finite(x: Tensor):
    ours, _ = pair()
    x[0, 1] = 0.25
    leaf = x.requires_grad_()
    y = ours(leaf)
    assert torch.equal(y[0, 1], ours.bias)
    y[0, 1].square().sum().backward()
    assert leaf.grad is not None
    assert bool(leaf.grad.isfinite().all())
    assert float(leaf.grad[0, 1].sum().abs()) < 1e-9


def test_far_from_zero_it_is_as_exact_as_torch_s(x: Tensor):
    ours, theirs = pair()
    assert torch.allclose(ours(x + 1e6), theirs(x + 1e6), rtol=1e-7, atol=1e-8)
