"""The lab's answer about gradients through time: how much of the last step's gradient arrives at each earlier state."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from models.data_store import DataStore
from models.placement import place
from models.presets import with_defaults
from models.probes.gate_walk import gru_step, layer_weights, lstm_step, rnn_step
from models.probes.passage import character_task
from models.tasks.character_model import CharacterModel
from models.tasks.from_config import prepare
from models.trained_net import TrainedNet

SPAN, ROWS = 100, 16
BIASES = (0.0, 1.0)  # of the forget gates: what a cell starts from makes its memory before anything is learned
_STEPS = {"lstm": lstm_step, "gru": gru_step, "rnn": rnn_step}


def through_time_answer(trained: TrainedNet, _question: dict[str, Any]) -> dict[str, Any]:
    """The trained net's curves, and those of the same net before its first step: same seed, each forget bias."""
    task = character_task(trained, "through_time")
    ids = task.dataset.held_out_ids[: ROWS * (SPAN + 1)].view(ROWS, SPAN + 1)
    return {
        "run": trained.run.id,
        "step": trained.step,
        "cell": task.recurrent.cell,
        "rows": ROWS,
        "curves": [
            {"name": f"{name}, {when}", "log10": [round(value, 3) for value in curve.tolist()]}
            for when, each in (("trained", task), *_untrained(trained, task.recurrent.cell))
            for name, curve in curves_of(each, ids).items()
        ],
    }


def _untrained(trained: TrainedNet, cell: str) -> Iterator[tuple[str, CharacterModel]]:
    """The net before its first step; an LSTM with its forget gates at 0, at 1, and at the run's own bias."""
    config = trained.config
    settings = with_defaults(config.settings, config.project)
    has_forget_gate = cell == "lstm" and settings["forget_gate"]
    for bias in sorted({*BIASES, float(settings["forget_bias"])}) if has_forget_gate else (None,):
        made = config if bias is None else replace(config, settings={**config.settings, "forget_bias": bias})
        task = prepare(made, trained.run.modules, DataStore(), place("cpu", 0, {})).task
        assert isinstance(task, CharacterModel)
        yield "untrained" if bias is None else f"untrained, bias {bias:g}", task


def curves_of(task: CharacterModel, ids: Int[Tensor, "B S"]) -> dict[str, Float[Tensor, " T"]]:
    """log10 of |dL/ds_t| / |dL/ds_T|, the mean over rows; s is h, and of an LSTM c and both side by side.

    L is the loss of the last character alone, and the states are the last layer's. dL/dc_t counts every way from c_t,
    also by way of h_t; of (h_t, c_t) in one vector each part counts for itself, since later steps read both.
    Pascanu, Mikolov and Bengio 2013 (1211.5063), section 2.
    """
    recurrent, model = task.recurrent, task.net.eval()
    x = model.embedding(ids[:, :-1]).detach()  # (B, T, D)
    weights = [
        {k: v.detach() for k, v in layer_weights(recurrent, each).items()} for each in range(recurrent.num_layers)
    ]
    names = "hc" if recurrent.cell == "lstm" else "h"
    states = [{name: x.new_zeros(len(x), w["w_hh"].shape[1]).requires_grad_() for name in names} for w in weights]
    seen: list[Tensor] = []
    width = weights[-1]["w_hh"].shape[1]
    with torch.enable_grad():
        for step in x.unbind(1):
            shown = step
            for layer, w in enumerate(weights):
                new = _STEPS[recurrent.cell](shown, states[layer], w, recurrent.conventions)
                both = torch.cat([new[name] for name in names], dim=-1)  # what later steps read
                states[layer] = dict(zip(names, both.split(width, dim=-1), strict=True))
                shown = states[layer]["h"]
            seen += [both, new["c"]] if names == "hc" else [both]
        logits = model.head(shown)
        loss = nn.functional.cross_entropy(logits, ids[:, -1], reduction="sum")
        gradients = torch.autograd.grad(loss, seen, allow_unused=True, materialize_grads=True)
    if names == "h":
        return {"h": _relative(torch.stack(gradients))}
    both, c = torch.stack(gradients[::2]), torch.stack(gradients[1::2])  # (T, B, 2H), (T, B, H)
    return {"h": _relative(both[..., :width]), "c": _relative(c), "h and c": _relative(both)}


def _relative(gradients: Float[Tensor, "T B H"]) -> Float[Tensor, " T"]:
    norms = gradients.norm(dim=-1).clamp(min=1e-30)  # (T, B)
    return (norms.log10() - norms[-1].log10()).mean(1)
