"""How the rows of a recurrent layer's weights lie: by torch's convention, and by the learner's declared one."""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor, nn

State = dict[str, Tensor]
TORCH_ORDER = "ifgo"
TORCH_CONVENTIONS: Mapping[str, Mapping[str, str]] = {
    "lstm": {"gate_order": TORCH_ORDER},
    "gru": {"update": "cho", "reset": "after"},
    "rnn": {},
}
OPEN = 30.0  # sigmoid(30) is 1 in float32


def lstm_rows(gate_order: str) -> Callable[[State], State]:
    """From torch's rows i, f, g, o to the learner's order."""

    def to_own(state: State) -> State:
        return {name: _reordered(value, gate_order) for name, value in state.items()}

    return to_own


def gru_rows(conventions: Mapping[str, str]) -> Callable[[State], State]:
    """From torch's rows r, z, n to the learner's: a z that takes in the new state is 1 - sigmoid(a) = sigmoid(-a)."""

    def to_own(state: State) -> State:
        if conventions.get("update", "cho") == "cho":
            return dict(state)
        return {name: _second_block_negated(value) for name, value in state.items()}

    return to_own


def one_bias(state: State) -> State:
    """From torch's two biases of a vanilla net to the one that the equation has."""
    own = {name: value for name, value in state.items() if not name.startswith("bias")}
    layers = [name.removeprefix("bias_ih") for name in state if name.startswith("bias_ih")]
    return own | {f"bias{layer}": state[f"bias_ih{layer}"] + state[f"bias_hh{layer}"] for layer in layers}


@torch.no_grad()
def set_forget_bias(layers: nn.Module, bias: float) -> None:
    """Start the forget gates of an LSTM in torch's row order from this bias, all of it in bias_ih."""
    for name, parameter in layers.named_parameters():
        if name.startswith("bias"):
            parameter.chunk(4)[TORCH_ORDER.index("f")].fill_(bias if name.startswith("bias_ih") else 0.0)


@torch.no_grad()
def hold_forget_gates_open(layers: nn.Module, gate_order: str = TORCH_ORDER) -> None:
    """f = 1 for good: no weight reaches the forget gate, its bias is large, and no gradient moves its rows.

    Hochreiter and Schmidhuber 1997: the cell before Gers, Schmidhuber and Cummins 2000 gave it a forget gate.
    """
    place = gate_order.index("f")
    for name, parameter in layers.named_parameters():
        parameter.chunk(4)[place].fill_(OPEN if name.startswith("bias_ih") else 0.0)
        mask = torch.ones_like(parameter)
        mask.chunk(4)[place].zero_()
        parameter.register_hook(lambda gradient, mask=mask: gradient * mask.to(gradient.device))


def _reordered(value: Tensor, gate_order: str) -> Tensor:
    blocks = dict(zip(TORCH_ORDER, value.chunk(4), strict=True))
    return torch.cat([blocks[gate] for gate in gate_order])


def _second_block_negated(value: Tensor) -> Tensor:
    r, z, n = value.chunk(3)
    return torch.cat([r, -z, n])
