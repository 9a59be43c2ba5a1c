"""Recurrent layers of the learner's cell, and torch's fused ones beside them."""

from typing import Any

import pytest
import torch

from models.gate_layout import gru_rows, hold_forget_gates_open, lstm_rows, one_bias
from models.gru_cell import gru_cell
from models.lstm import LSTM
from models.lstm_cell import lstm_cell
from models.presets import part_ids, settings_for
from models.recurrence import rnn_forward
from models.recurrent_assembly import assemble_layers
from models.recurrent_parts import RecurrentParts, take_parts
from models.run_config import Part, RunConfig
from models.twins import TwinDisagrees


def in_order(order: str):
    """The reference's cell for weights whose rows lie in another order."""

    def cell(x, h, c, *weights):
        blocks = [dict(zip(order, weight.chunk(4), strict=True)) for weight in weights]
        return lstm_cell(x, h, c, *(torch.cat([block[gate] for gate in "ifgo"]) for block in blocks))

    return cell


def chung(x, h, *weights):
    return gru_cell(x, h, *weights, update="chung")


def before(x, h, *weights):
    return gru_cell(x, h, *weights, reset="before")


def parts(**changes) -> RecurrentParts:
    found = {"lstm_cell": lstm_cell, "LSTM": LSTM, "gru_cell": gru_cell, "rnn_forward": rnn_forward}
    conventions = changes.pop("conventions", {})
    return RecurrentParts({**found, **changes}, conventions)


def config(cell: str, twin: bool = True, **changes: str) -> RunConfig:
    settings = settings_for("rnn", "quick", {"cell": cell, "hidden": "7", "num_layers": "2", **changes})
    rows = tuple(Part(name, "reference", "", "", "") for name in part_ids("rnn", settings))
    return RunConfig("r", "rnn", "quick", 0, "cpu", 1, twin, 0, settings, {"name": "plays"}, rows, "", "", {})


def assembled(cell: str, given: RecurrentParts, twin: bool = True, **changes: str):
    described = config(cell, twin, **changes)
    return assemble_layers(described, described.settings, given, 5, torch.Generator().manual_seed(3))


CASES = {
    "lstm": ("lstm", parts()),
    "lstm in another order": ("lstm", parts(lstm_cell=in_order("ofig"), conventions={"lstm": {"gate_order": "ofig"}})),
    "gru": ("gru", parts()),
    "gru whose z takes in": ("gru", parts(gru_cell=chung, conventions={"gru": {"update": "chung", "reset": "after"}})),
    "rnn": ("rnn", parts()),
}


@pytest.mark.parametrize("name", CASES)
def test_with_a_twin_and_without_one_the_same_numbers_come_out_from_the_first_step_on(name):
    cell, given = CASES[name]
    x = torch.randn(3, 11, 5, generator=torch.Generator().manual_seed(1))
    fused, own = assembled(cell, given), assembled(cell, given, twin=False)
    assert fused.pair is not None
    assert own.pair is None
    out, state = fused.layers(x, None)
    expected, own_state = own.layers(x, None)
    assert torch.allclose(out, expected, atol=1e-6)
    assert torch.allclose(torch.cat(list(state)), torch.cat(list(own_state)), atol=1e-6)


@pytest.mark.parametrize("name", CASES)
def test_twins_agree_on_their_own_call_and_a_wrong_declaration_does_not(name):
    cell, given = CASES[name]
    recurrent = assembled(cell, given)

    class Net(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = recurrent.layers

        def forward(self, x):
            return self.layers(x, None)

    twins = recurrent.twins_in(Net())
    assert twins is not None
    differences = twins.verify(torch.randn(8, 9, 5, generator=torch.Generator().manual_seed(2)))
    assert all(value < 1e-5 for value in differences.values())
    assert len(differences) == 1


def test_a_gru_that_resets_before_the_product_has_no_twin_and_trains_itself():
    given = parts(gru_cell=before, conventions={"gru": {"update": "cho", "reset": "before"}})
    assert assembled("gru", given).pair is None


def test_forget_gates_start_at_their_bias_and_nothing_else_does():
    layers = assembled("lstm", parts(), forget_bias="1.5").layers
    for layer in (0, 1):
        bias = getattr(layers, f"bias_ih_l{layer}") + getattr(layers, f"bias_hh_l{layer}")
        assert bias[7:14].tolist() == [1.5] * 7
        assert not any(value == 1.5 for value in [*bias[:7], *bias[14:]])


def test_without_a_forget_gate_f_is_one_and_stays_so_while_everything_else_learns():
    recurrent = assembled("lstm", parts(), forget_gate="false")
    before_step = {name: value.clone() for name, value in recurrent.layers.named_parameters()}
    out, _ = recurrent.layers(torch.randn(2, 6, 5), None)
    out.square().sum().backward()
    with torch.no_grad():
        for parameter in recurrent.layers.parameters():
            parameter -= 0.1 * torch.as_tensor(parameter.grad)
    for name, value in recurrent.layers.named_parameters():
        rows = slice(7, 14)
        assert torch.equal(value[rows], before_step[name][rows])
        assert not torch.equal(value[:7], before_step[name][:7])
        expected = 30.0 if name.startswith("bias_ih") else 0.0
        assert bool((value[rows] == expected).all())


def test_a_vanilla_net_trains_one_bias_as_its_equation_has_it():
    layers: Any = assembled("rnn", parts()).layers
    frozen = {name for name, value in layers.named_parameters() if not value.requires_grad}
    assert frozen == {"bias_hh_l0", "bias_hh_l1"}
    assert layers.bias_hh_l0.abs().sum() == 0


def test_rows_are_laid_out_as_declared():
    state = {"weight_ih_l0": torch.arange(4.0).repeat_interleave(2)}
    assert lstm_rows("ofig")(state)["weight_ih_l0"].tolist() == [3, 3, 1, 1, 0, 0, 2, 2]
    assert gru_rows({"update": "cho"})(state) == state
    z = gru_rows({"update": "chung"})({"bias_hh_l0": torch.tensor([1.0, 2.0, 3.0])})["bias_hh_l0"]
    assert z.tolist() == [1.0, -2.0, 3.0]
    both = one_bias({"weight_ih_l0": state["weight_ih_l0"], "bias_ih_l0": torch.ones(2), "bias_hh_l0": torch.ones(2)})
    assert set(both) == {"weight_ih_l0", "bias_l0"}
    assert both["bias_l0"].tolist() == [2.0, 2.0]


def test_forget_gates_are_held_open_by_the_learner_s_own_row_order():
    layers: Any = LSTM(lstm_cell, 3, 2)
    hold_forget_gates_open(layers, "fogi")
    assert layers.bias_ih_l0[:2].tolist() == [30.0, 30.0]


def test_parts_are_references_where_the_config_says_so():
    class Nothing:
        def take(self, file: str, symbol: str):
            raise AssertionError((file, symbol))

    taken = take_parts(config("lstm"), Nothing())  # type: ignore[arg-type]
    assert taken["LSTM"] is LSTM
    assert taken["clip_grad_norm"].__module__ == "models.clipping"
    assert taken.conventions_of("lstm") == {"gate_order": "ifgo"}


def test_rounding_that_adds_up_over_many_steps_is_no_disagreement_and_another_formula_is():
    def drifting(error: float):
        def cell(x, h, c, *weights):
            h, c = lstm_cell(x, h, c, *weights)
            return h, c * (1 + error * (c.dtype == torch.float32))  # as another order of sums might round

        return cell

    class Net(torch.nn.Module):
        def __init__(self, layers: torch.nn.Module) -> None:
            super().__init__()
            self.layers = layers

        def forward(self, x):
            return self.layers(x, None)

    x = torch.randn(8, 90, 5, generator=torch.Generator().manual_seed(2))
    rounding = assembled("lstm", parts(lstm_cell=drifting(1e-6)), forget_bias="4")
    twins = rounding.twins_in(Net(rounding.layers))
    assert twins is not None
    assert max(twins.verify(x).values()) < 1e-5

    def wrong(x, h, c, *weights):
        h, c = lstm_cell(x, h, c, *weights)
        return h, c * (1 + 1e-6)

    other = assembled("lstm", parts(lstm_cell=wrong), forget_bias="4")
    twins = other.twins_in(Net(other.layers))
    assert twins is not None
    with pytest.raises(TwinDisagrees):
        twins.verify(50 * x)
