"""Puts recurrent layers together: the learner's own, and torch's fused ones as their twins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from models.gate_layout import (
    TORCH_CONVENTIONS,
    State,
    gru_rows,
    hold_forget_gates_open,
    lstm_rows,
    one_bias,
    set_forget_bias,
)
from models.learner_modules import PartUnusable
from models.recurrent_parts import RecurrentParts
from models.recurrent_stack import RecurrentStack, all_at_once, step_by_step
from models.run_config import RunConfig
from models.twins import Pair, Twins

_TWIN_OF = {"lstm": "rnn/lstm", "gru": "rnn/gru_cell", "rnn": "rnn/rnn_forward"}


@dataclass(frozen=True)
class Recurrent:
    """Layers that train; `pair` where they are torch's and the learner's stand beside them."""

    layers: nn.Module
    pair: Pair | None
    cell: str  # lstm, gru or rnn
    conventions: Mapping[str, str]  # by which the rows of what trains are to be read

    @property
    def num_layers(self) -> int:
        """L."""
        return sum(name.startswith("weight_hh") for name, _ in self.layers.named_parameters())

    def twins_in(self, net: nn.Module) -> Twins | None:
        """The twins of the net that these layers are a part of."""
        return Twins(net, (self.pair,)) if self.pair else None


def assemble_layers(
    config: RunConfig, settings: Mapping[str, Any], parts: RecurrentParts, input_size: int, generator: torch.Generator
) -> Recurrent:
    """The run's recurrent layers with their first weights, which are the same with a twin and without one."""
    cell, shape = settings["cell"], (input_size, settings["hidden"], settings["num_layers"])
    fused, to_own = _fused(cell, shape), _translation(cell, parts)
    _draw(fused, settings, generator)
    own = _own(cell, shape, parts)
    translated = to_own(dict(fused.state_dict()))
    if set(own.state_dict()) != set(translated):
        names = ", ".join(sorted(set(own.state_dict()) ^ set(translated)))
        thing = f"The layers do not keep the parameters that the exercise names: {names}."
        raise PartUnusable(thing, _TWIN_OF[cell], f"check it: phase3-tutor check {_TWIN_OF[cell]}")
    own.load_state_dict(translated)
    twinned = config.twin and _has_twin(config, cell, parts)
    if cell == "lstm" and not settings["forget_gate"]:
        hold_forget_gates_open(fused)
        hold_forget_gates_open(own, parts.conventions_of(cell)["gate_order"])
    if not twinned:
        return Recurrent(own, None, cell, parts.conventions_of(cell))
    pair = Pair(_TWIN_OF[cell], "layers", fused, own, to_own, is_recurrent=True)
    return Recurrent(fused, pair, cell, TORCH_CONVENTIONS[cell])


def _has_twin(config: RunConfig, cell: str, parts: RecurrentParts) -> bool:
    """torch has no GRU that resets before the product; a part that passed as a variant runs as it is."""
    if cell == "gru" and parts.conventions_of(cell)["reset"] != "after":
        return False
    return all(part.has_twin for part in config.parts if part.exercise_id == _TWIN_OF[cell])


def _fused(cell: str, shape: tuple[int, int, int]) -> nn.Module:
    input_size, hidden, num_layers = shape
    kinds: dict[str, Callable[..., nn.Module]] = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}
    return kinds[cell](input_size, hidden, num_layers, batch_first=True)


def _own(cell: str, shape: tuple[int, int, int], parts: RecurrentParts) -> nn.Module:
    if cell == "lstm":
        made = parts["LSTM"](parts["lstm_cell"], *shape)
        if not isinstance(made, nn.Module):
            raise PartUnusable("LSTM is no nn.Module class.", "rnn/lstm", "put `class LSTM(nn.Module)` back")
        return made
    if cell == "gru":
        return RecurrentStack(step_by_step(parts["gru_cell"]), 3, ("bias_ih", "bias_hh"), *shape)
    return RecurrentStack(all_at_once(parts["rnn_forward"]), 1, ("bias",), *shape)


def _translation(cell: str, parts: RecurrentParts) -> Callable[[State], State]:
    if cell == "lstm":
        return lstm_rows(parts.conventions_of(cell)["gate_order"])
    return gru_rows(parts.conventions_of(cell)) if cell == "gru" else one_bias


@torch.no_grad()
def _draw(layers: nn.Module, settings: Mapping[str, Any], generator: torch.Generator) -> None:
    """Uniform in [-1/sqrt(H), 1/sqrt(H)], as the exercise has it; an LSTM's forget gates start at their bias.

    A vanilla net has one bias in the equation: torch's second one stays 0 and is not trained.
    """
    bound = settings["hidden"] ** -0.5
    for name, parameter in layers.named_parameters():
        parameter.copy_(torch.rand(parameter.shape, generator=generator) * 2 * bound - bound)
        if settings["cell"] == "rnn" and name.startswith("bias_hh"):
            parameter.zero_()
            parameter.requires_grad_(False)
    if settings["cell"] == "lstm":
        set_forget_bias(layers, settings["forget_bias"])
