import pytest
import torch
from torch import Tensor

from models.jacobian_product import jacobian_bound, jacobian_product


def run(steps: int, batch: int, units: int, scale: float = 1.0) -> tuple[Tensor, Tensor, list[Tensor]]:
    """States h, weights u, and what the net added to U h at every step."""
    rng = torch.Generator().manual_seed(steps + 10 * batch)
    u = scale * torch.randn(units, units, generator=rng, dtype=torch.float64) / units**0.5
    added = list(torch.randn(steps, batch, units, generator=rng, dtype=torch.float64))
    h = torch.randn(batch, units, generator=rng, dtype=torch.float64)
    states = []
    for each in added:
        h = torch.tanh(each + h @ u.T)
        states.append(h)
    return torch.stack(states), u, added


@pytest.mark.parametrize("sizes", [(4, 2, 3), (1, 3, 4), (6, 1, 2), (3, 3, 3), (5, 2, 1)])
def test_the_products_are_the_jacobians_that_autograd_finds(sizes):
    h, u, added = run(*sizes)
    steps, batch, _ = sizes
    products = jacobian_product(h, u)
    for t in range(1, steps + 1):
        for n in range(batch):

            def last_state(state: Tensor, t: int = t, n: int = n) -> Tensor:
                for each in added[t:]:
                    state = torch.tanh(each[n] + u @ state)
                return state

            theirs = torch.autograd.functional.jacobian(last_state, h[t - 1, n])
            torch.testing.assert_close(products[t, n], theirs)


def test_the_first_product_goes_one_step_further_back_to_h_0():
    h, u, _ = run(3, 2, 4)
    products = jacobian_product(h, u)
    for n in range(2):
        torch.testing.assert_close(products[0, n], products[1, n] @ torch.diag(1 - h[0, n] ** 2) @ u)


@pytest.mark.parametrize("scale", [0.3, 1.0, 3.0])
def test_no_product_is_larger_than_the_bound(scale):
    h, u, _ = run(8, 3, 5, scale)
    norms = torch.linalg.matrix_norm(jacobian_product(h, u), 2)
    gamma = float((1 - h**2).max())
    for bound in (jacobian_bound(u, 8), jacobian_bound(u, 8, gamma)):
        assert bool((norms <= bound[:, None] * (1 + 1e-9)).all())


def test_the_bound_is_reached_where_the_states_are_zero_and_u_only_turns():
    turn = torch.tensor([[0.0, -1.0], [1.0, 0.0]], dtype=torch.float64)
    norms = torch.linalg.matrix_norm(jacobian_product(torch.zeros(5, 1, 2, dtype=torch.float64), 0.9 * turn), 2)
    torch.testing.assert_close(norms[:, 0], jacobian_bound(0.9 * turn, 5))


def test_the_largest_singular_value_counts_not_the_largest_eigenvalue():
    shear = torch.tensor([[0.0, 2.0], [0.0, 0.0]], dtype=torch.float64)
    torch.testing.assert_close(jacobian_bound(shear, 2, 0.5), torch.ones(3, dtype=torch.float64))
    assert jacobian_bound(shear, 2).tolist() == pytest.approx([4.0, 2.0, 1.0])
