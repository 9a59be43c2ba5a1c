"""The walk through a cell reads its rows by the declared conventions, of any learner's order."""

import pytest
import torch

from models.probes.gate_walk import layer_weights, walk
from tests.models.test_recurrent_assembly import CASES, assembled, before, parts

OWN = CASES | {
    "gru that resets before": (
        "gru", parts(gru_cell=before, conventions={"gru": {"update": "cho", "reset": "before"}})
    )
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_the_learners_own_layers_show_what_the_walk_shows(name):
    cell, given = OWN[name]
    recurrent = assembled(cell, given, twin=False)
    x = torch.randn(1, 9, 5, generator=torch.Generator().manual_seed(1))
    out, _ = recurrent.layers(x, None)
    assert torch.allclose(walk(recurrent, x[0])[-1]["h"], out[0], atol=1e-6)


@pytest.mark.parametrize("name", ["lstm in another order", "gru whose z takes in"])
def test_gates_are_those_of_the_same_net_in_torchs_order(name):
    cell, given = CASES[name]
    x = torch.randn(9, 5, generator=torch.Generator().manual_seed(1))
    own, fused = (walk(assembled(cell, given, twin=twin), x) for twin in (False, True))
    for mine, torchs in zip(own, fused, strict=True):
        for signal, values in torchs.items():
            expected = 1 - values if (signal, cell) == ("z", "gru") else values  # Chung's z lets in what Cho's keeps
            assert torch.allclose(mine[signal], expected, atol=1e-6), signal


def test_a_gate_read_in_a_wrong_order_is_another_gate():
    recurrent = assembled("lstm", CASES["lstm"][1])
    x = torch.randn(9, 5, generator=torch.Generator().manual_seed(1))
    w = layer_weights(recurrent, 0)
    first = (x[0] @ w["w_ih"].T + w["b_ih"] + w["b_hh"]).detach()
    shown = walk(recurrent, x)[0]
    assert torch.allclose(shown["f"][0], first[7:14].sigmoid(), atol=1e-6)
    assert not torch.allclose(shown["i"][0], first[7:14].sigmoid(), atol=1e-2)
