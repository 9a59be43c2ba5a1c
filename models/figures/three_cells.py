"""RNN, LSTM and GRU beside each other: parameters, time per step, and what each learns of the adding task."""

import time
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from models.datasets.adding import BASELINE, adding_batch
from models.figures.settings import SEEDS, chosen_settings
from models.figures.threads import one_thread

CELLS: dict[str, Callable[..., nn.RNNBase]] = {"RNN": nn.RNN, "LSTM": nn.LSTM, "GRU": nn.GRU}
SETTINGS = {"steps": (10, 20, 40), "hidden": (32, 16, 64), "seed": SEEDS}
ITERATIONS, BATCH, RATE, NOTED = 300, 64, 1e-2, 10


@one_thread()
def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Each cell of the same width, trained for 300 batches on sequences of `steps` numbers.

    Asked: steps, hidden, seed. A cell has its parameters, `step_us` (forward and backward, microseconds a time step of
    a batch of 64) and `losses`, mean squared errors of ten batches each. The baseline is that of always answering 1.
    """
    settings = chosen_settings(question, SETTINGS)
    cells = {name: measured(kind, **settings) for name, kind in CELLS.items()}
    return {"settings": settings, "baseline": BASELINE, "iterations": ITERATIONS, "batch": BATCH, "cells": cells}


def measured(kind: Callable[..., nn.RNNBase], steps: int, hidden: int, seed: int) -> dict[str, Any]:
    """One cell: what it costs and how its loss falls."""
    torch.manual_seed(seed)
    layers, head = kind(2, hidden, batch_first=True), nn.Linear(hidden, 1)
    if kind is nn.LSTM:
        with torch.no_grad():
            layers.bias_ih_l0.chunk(4)[1].fill_(1.0)  # type: ignore[operator]
    parameters = [*layers.parameters(), *head.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=RATE)
    generator = torch.Generator().manual_seed(seed)
    losses, seconds = [], []
    for _ in range(ITERATIONS):
        x, y = adding_batch(steps, BATCH, generator)
        began = time.perf_counter()
        loss = nn.functional.mse_loss(head(layers(x)[0][:, -1])[:, 0], y)
        optimizer.zero_grad()
        loss.backward()
        seconds.append(time.perf_counter() - began)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        losses.append(loss.item())
    means = [sum(losses[k : k + NOTED]) / NOTED for k in range(0, ITERATIONS, NOTED)]
    return {
        "parameters": sum(each.numel() for each in layers.parameters()),
        "step_us": round(sorted(seconds)[len(seconds) // 2] / steps * 1e6, 2),
        "losses": [float(f"{mean:.3g}") for mean in means],
    }
