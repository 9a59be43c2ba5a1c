"""The lab's answer about gates over time, and about how often each gate is shut or wide open."""

from typing import Any

import torch

from models.probes.gate_walk import SIGNALS, walk
from models.probes.passage import character_task, embedded, passage, rounded, whole
from models.probes.selectivity import features_of, scores
from models.run_errors import BadQuestion
from models.trained_net import TrainedNet

UNITS, CHARACTERS, MEASURED = 32, 64, 2000
SHUT, OPEN = 0.1, 0.9  # left and right saturated; Karpathy, Johnson and Fei-Fei 2015 (1506.02078), section 4.2
_SIGMOIDS = frozenset("ifrzo")


@torch.no_grad()
def gate_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """One signal of one layer, 32 units over the text; and of every gate the share of time it is shut and open."""
    task = character_task(trained, "gates")
    text, long_text = passage(task, question.get("text"), CHARACTERS), passage(task, None, MEASURED)
    recurrent = task.recurrent
    walked, measured = walk(recurrent, embedded(task, text)), walk(recurrent, embedded(task, long_text))
    layer = whole(question, "layer", len(walked) - 1)
    gate = str(question.get("gate") or ("f" if recurrent.cell == "lstm" else "z" if recurrent.cell == "gru" else "h"))
    if gate not in SIGNALS[recurrent.cell]:
        thing = f'A cell of kind {recurrent.cell} has no gate or state called "{gate}".'
        raise BadQuestion(thing, "gate", f"use one of: {', '.join(SIGNALS[recurrent.cell])}")
    values, over_time = walked[layer][gate], measured[layer][gate]
    order = _most_selective(over_time, long_text) if question.get("sort") else torch.arange(values.shape[1])
    first = whole(question, "first", max(0, values.shape[1] - 1))
    chosen = order[first : first + UNITS]
    return {
        "run": trained.run.id,
        "step": trained.step,
        "cell": recurrent.cell,
        "signals": SIGNALS[recurrent.cell],
        "gate": gate,
        "layer": layer,
        "layers": len(walked),
        "hidden": values.shape[1],
        "sorted": bool(question.get("sort")),
        "text": text,
        "units": chosen.tolist(),
        "values": rounded(values[:, chosen].T),
        "saturation": {
            name: _saturation(measured[layer][name]) for name in SIGNALS[recurrent.cell] if name in _SIGMOIDS
        },
        "measured": len(long_text),
    }


def _saturation(values: torch.Tensor) -> dict[str, float]:
    """Over all units and characters; and the share of units that are shut or open nine times in ten."""
    shut, wide = (values < SHUT).float().mean(0), (values > OPEN).float().mean(0)
    return {
        "shut": round(float(shut.mean()), 4),
        "open": round(float(wide.mean()), 4),
        "mean": round(float(values.mean()), 4),
        "always_open": round(float((wide > OPEN).float().mean()), 4),
        "always_shut": round(float((shut > OPEN).float().mean()), 4),
    }


def _most_selective(values: torch.Tensor, text: str) -> torch.Tensor:
    """Units by the best |score| on any feature, the best first."""
    found = torch.stack([scores(values.double(), feature).abs() for feature in features_of(text).values()])
    return found.max(0).values.argsort(descending=True)
