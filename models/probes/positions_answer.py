"""The lab's answer about positions: how alike the vectors of two places are, of the run's own and of the waves."""

from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor

from models.positional_encoding import positional_encoding
from models.probes.translated import translation_task
from models.trained_net import TrainedNet

MOST = 32  # places: the first ones, which every sentence has


def positions_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """Cosines between the vectors of the first places.

        own[i][j] = p_i . p_j / (|p_i| |p_j|)        by_distance[k] = mean over i of own[i][i + k]

    {"positions": the run's setting, "places": n, "own": {"cosines", "by_distance"}, "waves": the same of sines and
    cosines}; "own" is None for a run without positions.
    """
    del question
    task = translation_task(trained, "picture of positions")
    setting, width = task.settings["positions"], task.settings["d_model"]
    places = min(MOST, task.longest)
    own = task.net.position_rows(places, width) if setting != "none" else None
    return {
        "run": trained.run.id,
        "step": trained.step,
        "positions": setting,
        "places": places,
        "own": None if own is None else _alike(own.detach().float()),
        "waves": _alike(positional_encoding(places, width)),
    }


def _alike(rows: Float[Tensor, "n d"]) -> dict[str, Any]:
    unit = torch.nn.functional.normalize(rows, dim=1)
    cosines = unit @ unit.T  # (n, n)
    by_distance = [float(cosines.diagonal(k).mean()) for k in range(len(rows))]
    return {"cosines": (cosines * 1e4).round().div(1e4).tolist(), "by_distance": by_distance}
