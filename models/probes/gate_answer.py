"""The lab's answer about gates over time, and about how often each gate is shut or wide open."""

from typing import Any

import torch

from models.probes.gate_walk import SIGNALS, walk
from models.probes.passage import character_task, embedded, passage, rounded, whole
from models.probes.selectivity import features_of, scores
from models.run_errors import BadQuestion
from models.trained_net import TrainedNet

UNITS, CHARACTERS, MEASURED = 32, 64, 2000
CHARACTERS_OF_ONE = 140  # of one unit there is room for more
SHUT, OPEN = 0.1, 0.9  # left and right saturated; Karpathy, Johnson and Fei-Fei 2015 (1506.02078), section 4.2
_SIGMOIDS = frozenset("ifrzo")
_MOST_TELLING = {"lstm": "f", "gru": "z"}


@torch.no_grad()
def gate_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """One signal of one layer, 32 units over the text, or every signal of one unit; and how often gates are shut."""
    task = character_task(trained, "gates")
    recurrent, long_text = task.recurrent, passage(task, None, MEASURED)
    signals = SIGNALS[recurrent.cell]
    gate = str(question.get("gate") or "")
    if gate and gate not in signals:
        thing = f'A cell of kind {recurrent.cell} has no gate or state called "{gate}".'
        raise BadQuestion(thing, "gate", f"use one of: {', '.join(signals)}")
    measured = walk(recurrent, embedded(task, long_text))
    layer = whole(question, "layer", len(measured) - 1)
    over_time, hidden = measured[layer], measured[layer]["h"].shape[1]
    one = whole(question, "unit", hidden - 1) if question.get("unit") is not None else None
    text = passage(task, question.get("text"), CHARACTERS if one is None else CHARACTERS_OF_ONE)
    walked = walk(recurrent, embedded(task, text))[layer]
    shown = gate or _MOST_TELLING.get(recurrent.cell, "h")
    order = _most_selective(over_time[shown], long_text) if question.get("sort") else torch.arange(hidden)
    about = {
        "run": trained.run.id,
        "step": trained.step,
        "cell": recurrent.cell,
        "signals": signals,
        "layer": layer,
        "layers": len(measured),
        "hidden": hidden,
        "order": order.tolist(),
        "sorted": bool(question.get("sort")),
        "text": text,
        "measured": len(long_text),
    }
    kept = [one] if one is not None else list(range(hidden))
    about["saturation"] = {name: _saturation(over_time[name][:, kept]) for name in signals if name in _SIGMOIDS}
    if one is not None:
        return {**about, "unit": one, "rows": {name: rounded(walked[name][:, one]) for name in gate or signals}}
    first = whole(question, "first", hidden - 1)
    chosen = order[first : first + UNITS]
    return {**about, "gate": shown, "units": chosen.tolist(), "values": rounded(walked[shown][:, chosen].T)}


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
