"""The curves of |dL/ds_t| are those that torch's own layers give when they go on from each state."""

from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch.nn.functional import cross_entropy

from models.char_model import CharModel
from models.probes.through_time_answer import curves_of
from tests.models.test_recurrent_assembly import CASES, assembled

SYMBOLS, HIDDEN, STEPS = 11, 7, 8


def task_of(cell: str) -> Any:
    recurrent = assembled(cell, CASES[cell][1], num_layers="1")
    net = CharModel(recurrent.layers, SYMBOLS, 5, HIDDEN)
    net.draw_ends(torch.Generator().manual_seed(2))
    return SimpleNamespace(recurrent=recurrent, net=net.double())


def some_text() -> torch.Tensor:
    return torch.randint(0, SYMBOLS, (3, STEPS + 1), generator=torch.Generator().manual_seed(5))


def gradients_from(task: Any, ids: torch.Tensor, t: int) -> dict[str, torch.Tensor]:
    """dL of the states after t steps, by torch's fused layer that goes on from them; (B, H) each."""
    x = task.net.embedding(ids[:, :-1]).detach()
    out, state = task.net.layers(x[:, :t], None)
    states = [each.detach().requires_grad_() for each in (state if isinstance(state, tuple) else (state,))]
    if t < STEPS:
        out, _ = task.net.layers(x[:, t:], tuple(states) if len(states) == 2 else states[0])
        shown = out[:, -1]
    else:
        shown = states[0][0]
    loss = cross_entropy(task.net.head(shown), ids[:, -1], reduction="sum")
    found = torch.autograd.grad(loss, states, allow_unused=True, materialize_grads=True)
    if len(states) == 1:
        return {"h": found[0][0]}
    (h, c), (dh, dc) = (each.detach()[0] for each in states), (each[0] for each in found)
    o = h / c.tanh()
    return {"h": dh, "h and c": torch.cat([dh, dc], -1), "c": dc + dh * o * (1 - c.tanh().square())}


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_every_curve_is_that_of_torchs_layers_going_on_from_each_state(cell):
    task, ids = task_of(cell), some_text()
    found = curves_of(task, ids)
    each_step = [gradients_from(task, ids, t) for t in range(1, STEPS + 1)]
    assert set(found) == set(each_step[0])
    for name, curve in found.items():
        norms = torch.stack([step[name].norm(dim=-1) for step in each_step])  # (T, B)
        assert torch.allclose(curve, (norms / norms[-1]).log10().mean(1), atol=1e-6), name


def test_a_net_that_forgets_all_lets_no_gradient_through_and_one_that_keeps_all_lets_it_all_through():
    task, ids = task_of("lstm"), some_text()
    rows = dict(task.recurrent.layers.named_parameters())
    with torch.no_grad():
        rows["weight_hh_l0"].zero_()
        rows["weight_ih_l0"][HIDDEN : 2 * HIDDEN].zero_()
        rows["bias_ih_l0"][HIDDEN : 2 * HIDDEN].fill_(40.0)
    assert curves_of(task, ids)["c"].tolist()[0] == pytest.approx(curves_of(task, ids)["c"].tolist()[-2], abs=1e-9)
    with torch.no_grad():
        rows["bias_ih_l0"][HIDDEN : 2 * HIDDEN].fill_(-40.0)
    assert float(curves_of(task, ids)["c"][0]) < -15
