"""RNN, LSTM and GRU beside each other: parameters, time per step, and what each learns of two tasks of memory."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from models.datasets import adding, copying
from models.figures.settings import SEEDS, chosen_settings
from models.figures.threads import one_thread
from models.gate_layout import TORCH_ORDER, set_forget_bias

CELLS: dict[str, Callable[..., nn.RNNBase]] = {"RNN": nn.RNN, "LSTM": nn.LSTM, "GRU": nn.GRU}
SETTINGS = {
    "task": ("adding", "copy"),
    "steps": (20, 10, 40, 80),
    "hidden": (32, 16, 64),
    "gates": ("usual", "for T"),
    "seed": SEEDS,
}
ITERATIONS, BATCH, RATE, NOTED, TESTED = 300, 64, 1e-2, 10, 256
LETTERS_COPIED = 1  # ten of them, as in the paper, are not learnt in seconds


@dataclass(frozen=True)
class Wanted:
    """A task: what goes in and comes out, its loss, and that of a net which remembers nothing."""

    inputs: int
    outputs: int
    batch: Callable[[int, int, torch.Generator], tuple[Tensor, Tensor]]  # T, B, generator -> x (B, S, D), y
    loss: Callable[[Tensor, Tensor], Tensor]  # of the answer at the last step (B, outputs), and y
    baseline: float
    longer_by: int = 0  # S - T


def _letter(steps: int, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    ids, letters = copying.copying_batch(steps, size, generator, LETTERS_COPIED)
    return nn.functional.one_hot(ids, copying.NUM_SYMBOLS).float(), letters[:, 0]


TASKS = {
    "adding": Wanted(2, 1, adding.adding_batch, lambda said, y: nn.functional.mse_loss(said[:, 0], y), adding.BASELINE),
    "copy": Wanted(
        copying.NUM_SYMBOLS,
        copying.NUM_LETTERS,
        _letter,
        nn.functional.cross_entropy,
        copying.BASELINE,
        2 * LETTERS_COPIED,
    ),
}


@one_thread()
def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Each cell of the same width, trained for 300 batches of one task with T = `steps`.

    Asked: task, steps, hidden, gates (how they start: `start_gates`), seed. A cell has its parameters, `step_us`
    (forward and backward, microseconds a time step of a batch of 64; the lowest tenth of all batches ends there, which
    other work on the machine moves least), `losses`, means over ten batches each, and `at_double`, the loss afterwards
    on sequences with 2 T, which it never saw. The baseline is the loss of a net that remembers nothing.
    """
    settings = chosen_settings(question, SETTINGS)
    cells = {name: measured(name, **settings) for name in CELLS}
    baseline = TASKS[settings["task"]].baseline
    return {"settings": settings, "baseline": baseline, "iterations": ITERATIONS, "batch": BATCH, "cells": cells}


def measured(cell: str, task: str, steps: int, hidden: int, gates: str, seed: int) -> dict[str, Any]:
    """One cell: what it costs and how its loss falls."""
    wanted = TASKS[task]
    torch.manual_seed(seed)
    layers, head = CELLS[cell](wanted.inputs, hidden, batch_first=True), nn.Linear(hidden, wanted.outputs)
    length = steps + wanted.longer_by
    start_gates(layers, gates, length)
    parameters = [*layers.parameters(), *head.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=RATE)
    generator = torch.Generator().manual_seed(seed)
    losses, seconds = [], []
    for _ in range(ITERATIONS):
        x, y = wanted.batch(steps, BATCH, generator)
        began = time.perf_counter()
        loss = wanted.loss(head(layers(x)[0][:, -1]), y)
        optimizer.zero_grad()
        loss.backward()
        seconds.append(time.perf_counter() - began)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        losses.append(loss.item())
    with torch.no_grad():
        x, y = wanted.batch(2 * steps, TESTED, generator)
        at_double = wanted.loss(head(layers(x)[0][:, -1]), y).item()
    means = [sum(losses[k : k + NOTED]) / NOTED for k in range(0, ITERATIONS, NOTED)]
    return {
        "parameters": sum(each.numel() for each in layers.parameters()),
        "step_us": round(sorted(seconds)[len(seconds) // 10] / length * 1e6, 2),
        "losses": [float(f"{mean:.3g}") for mean in means],
        "at_double": float(f"{at_double:.3g}"),
    }


@torch.no_grad()
def start_gates(layers: nn.RNNBase, gates: str, length: int) -> None:
    """The biases that an LSTM's f and i and a GRU's z start from; a vanilla net has none.

        usual:  b_f = 1;  b_i and b_z as torch draws them
        for T:  b_f = b_z = ln u,  b_i = -ln u,   u uniform in [1, T - 1] for each unit

    sigmoid(ln u) = u / (1 + u), so that a unit's memory 1 / (1 - f) starts at 1 + u steps.
    Tallec and Ollivier 2018 (1804.11188), section 2: the chrono initialisation.
    """
    if isinstance(layers, nn.LSTM):
        set_forget_bias(layers, 1.0)
    if gates == "usual" or isinstance(layers, nn.RNN):
        return
    first, second = layers.bias_ih_l0, layers.bias_hh_l0
    reach = (1 + (length - 2) * torch.rand(layers.hidden_size)).log()
    order = TORCH_ORDER if isinstance(layers, nn.LSTM) else "rzn"
    starts = {"f": reach, "i": -reach} if isinstance(layers, nn.LSTM) else {"z": reach}
    for gate, start in starts.items():
        place = order.index(gate)
        first.chunk(len(order))[place].copy_(start)  # type: ignore[operator]
        second.chunk(len(order))[place].zero_()  # type: ignore[operator]
