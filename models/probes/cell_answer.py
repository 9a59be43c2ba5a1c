"""The lab's answer about selective units: what each feature of the text is best told by."""

from typing import Any

import torch

from models.probes.gate_walk import walk
from models.probes.passage import character_task, embedded, passage, rounded, whole
from models.probes.selectivity import best_units, features_of, left_out_of, shares_below
from models.trained_net import TrainedNet

MEASURED, SHOWN = 6000, 192


@torch.no_grad()
def cell_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """For each feature the unit of the chosen layer whose state tells it best, and that unit over a passage."""
    task = character_task(trained, "cells")
    text = passage(task, None, MEASURED)
    shown = passage(task, question.get("text"), SHOWN)
    walked = walk(task.recurrent, embedded(task, text))
    layer = whole(question, "layer", len(walked) - 1)
    state = "c" if "c" in walked[layer] else "h"
    values = walked[layer][state].double()
    generator = torch.Generator().manual_seed(0)
    found = best_units(values, features_of(text), generator)
    unit: int = whole(question, "unit", values.shape[1] - 1) if question.get("unit") is not None else found[0]["unit"]
    over_shown = walk(task.recurrent, embedded(task, shown))[layer][state].double()
    return {
        "run": trained.run.id,
        "step": trained.step,
        "layer": layer,
        "layers": len(walked),
        "state": state,
        "measured": len(text),
        "found": found,
        "left_out": left_out_of(text),
        "unit": unit,
        "text": shown,
        "values": rounded(over_shown[:, unit]),
        "shares": rounded(shares_below(values[:, unit], over_shown[:, unit])),
    }
