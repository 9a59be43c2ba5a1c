import subprocess
import sys
from pathlib import Path

import pytest
import torch

from lessons.figures.jacobian_chain import INPUTS, MATRICES, RADII, STEPS, UNITS, JacobianChain
from models.jacobian_product import jacobian_bound, jacobian_product
from models.recurrence import rnn_forward

ROOT = Path(__file__).resolve().parents[3]
CHAINS = [
    JacobianChain(matrix, radius, inputs) for matrix in MATRICES for radius in (0.5, 0.9, 1.5) for inputs in INPUTS
]


def tensor(numbers: object) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def inputs_of(chain: JacobianChain) -> torch.Tensor:
    """x_t, read off the states: atanh(h_t) - U h_{t-1}."""
    h = tensor(chain.states)
    return torch.atanh(h[1:]) - h[:-1] @ tensor(chain.u).T


@pytest.mark.parametrize("chain", CHAINS, ids=lambda c: f"{c.matrix}-{c.radius}-{c.inputs}")
def test_the_products_and_the_bound_are_the_references(chain: JacobianChain):
    states = tensor(chain.states[1:])[:, None]
    products = jacobian_product(states, tensor(chain.u))[:, 0].flip(0)
    torch.testing.assert_close(tensor(chain.products), products, rtol=1e-10, atol=1e-12)
    torch.testing.assert_close(tensor(chain.norms), torch.linalg.matrix_norm(products, 2), rtol=1e-10, atol=1e-12)
    torch.testing.assert_close(tensor(chain.bound), jacobian_bound(tensor(chain.u), STEPS).flip(0), rtol=1e-10, atol=0)


@pytest.mark.parametrize(
    "chain", [c for c in CHAINS if c.inputs <= 1], ids=lambda c: f"{c.matrix}-{c.radius}-{c.inputs}"
)
def test_the_gradient_is_what_autograd_sends_back(chain: JacobianChain):
    zeros, eye = torch.zeros(1, UNITS, dtype=torch.float64), torch.eye(UNITS, dtype=torch.float64)
    h, states = zeros.requires_grad_(), []
    states.append(h)
    for x in inputs_of(chain):
        h = rnn_forward(x[None, None], h, eye, tensor(chain.u), zeros[0].detach())[-1]
        states.append(h)
    gradients = torch.stack(torch.autograd.grad(h.sum(), states)).flip(0)
    torch.testing.assert_close(tensor(chain.gradients), gradients.norm(dim=2)[:, 0] / UNITS**0.5, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("chain", CHAINS, ids=lambda c: f"{c.matrix}-{c.radius}-{c.inputs}")
def test_gradient_norm_and_bound_keep_their_order(chain: JacobianChain):
    for gradient, norm, bound in zip(chain.gradients, chain.norms, chain.bound, strict=True):
        assert gradient <= norm * (1 + 1e-9)
        assert norm <= bound * (1 + 1e-9)


@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize("matrix", MATRICES)
def test_u_has_the_radius_that_was_asked_for_and_its_powers_are_the_chain_without_tanh(matrix: str, radius: float):
    chain = JacobianChain(matrix, radius)
    u = tensor(chain.u)
    multiple = 1e-3 if matrix == "shear" else 1e-9  # one eigenvalue four times: LAPACK's error is eps^(1/4)
    assert float(torch.linalg.eigvals(u).abs().max()) == pytest.approx(radius, rel=multiple)
    powers = torch.stack([torch.linalg.matrix_power(u, k) for k in range(STEPS + 1)])
    torch.testing.assert_close(tensor(chain.powers), torch.linalg.matrix_norm(powers, 2), rtol=1e-9, atol=0)


def test_without_inputs_the_net_stays_at_zero_and_tanh_does_nothing():
    chain = JacobianChain(inputs=0)
    assert all(h == 0 for state in chain.states for h in state)
    assert chain.norms == pytest.approx(chain.powers)
    assert chain.slopes == (1, 1, 1, 1)
    assert JacobianChain(back=0).slopes is None


def test_the_inputs_differ_from_unit_to_unit_and_from_step_to_step():
    x = inputs_of(JacobianChain(inputs=1.0, radius=0.5))
    assert x.abs().max() <= 1
    assert len({round(float(value), 6) for value in x.flatten()}) > 0.9 * STEPS * UNITS
    torch.testing.assert_close(inputs_of(JacobianChain("shear", 0.9, 1.0)), x)  # the same, whatever U is


def test_what_is_not_there_is_refused():
    with pytest.raises(ValueError, match="random, rotation, shear, not other"):
        JacobianChain("other")
    with pytest.raises(ValueError, match="0 to 24 steps"):
        JacobianChain(back=25)


def test_the_figure_is_computed_without_loading_torch():
    code = "import sys, lessons.figures.jacobian_chain as j; j.JacobianChain().norms; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
