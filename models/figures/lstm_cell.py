"""Every gate and state of an LSTM at every character of a text: what the animated cell and the two strips show."""

from collections.abc import Mapping
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor

from models.char_model import CharModel
from models.figures.settings import chosen_settings
from models.figures.small_cell import rhyme, small_cell
from models.figures.threads import one_thread
from models.probes.gate_walk import SIGNALS, walk
from models.probes.passage import character_task
from models.recurrent_assembly import Recurrent
from models.run_errors import RunError
from models.trained_net import TrainedNet

TEXTS, CHARACTERS = 5, 60
MOST_UNITS = 256


class NoGatesOfThatKind(RunError):
    """The run's cell is no LSTM."""


@one_thread()
def answer(question: Mapping[str, Any], trained: TrainedNet | None = None) -> dict[str, Any]:
    """One text walked through: `signals`, from i to h, hold for each unit its value after each character.

    Asked: run (the folder of an LSTM's run, whose net is `trained`; "" for a small cell that is trained now), layer,
    text (which of five passages). Units are told the most moving first, by the standard deviation of their c; of more
    than 256 the others are left out. `expects` is the likeliest next character after each, with its probability.
    """
    if trained is None:
        cell = small_cell()
        model, recurrent, encode, symbols = cell.model, cell.recurrent, cell.encode, cell.symbols
        whole, name = rhyme(), ""
    else:
        task = character_task(trained, "lstm_cell")
        model, recurrent, encode, symbols = task.net, task.recurrent, task.dataset.encode, task.dataset.symbols
        whole, name = task.dataset.decode(task.dataset.held_out_ids), trained.run.id
    if recurrent.cell != "lstm":
        thing = f"{name} has cells of kind {recurrent.cell}, and the figure shows the gates of an LSTM."
        raise NoGatesOfThatKind(thing, name, "train one: phase3-tutor train rnn")
    layers = recurrent.num_layers
    settings = {
        "run": str(question.get("run") or ""),
        **chosen_settings(question, {"layer": range(layers), "text": range(TEXTS)}),
    }
    text = passages(whole)[settings["text"]]
    ids = encode(text)
    return {
        "settings": settings,
        "cell": name,
        "layers": layers,
        "texts": TEXTS,
        "text": text,
        "expects": expected(model, ids, symbols),
        **walked(model, recurrent, ids, settings["layer"]),
    }


def passages(whole: str) -> list[str]:
    """Five pieces of equal length, each from the start of a paragraph, spread over the text."""
    step, pieces = max(1, (len(whole) - CHARACTERS) // TEXTS), []
    for start in range(0, step * TEXTS, step):
        found = whole.find("\n\n", start) + 2 if start else 0
        begins = found if 2 <= found <= len(whole) - CHARACTERS else start
        pieces.append(whole[begins : begins + CHARACTERS])
    return pieces


@torch.no_grad()
def walked(model: CharModel, recurrent: Recurrent, ids: Int[Tensor, " T"], layer: int) -> dict[str, Any]:
    """The chosen layer's units in the order of how much they move, and their signals."""
    signals = walk(recurrent, model.embedding(ids))[layer]
    order = signals["c"].std(0).argsort(descending=True)
    chosen = order[:MOST_UNITS]
    told = {name: _rounded(signals[name][:, chosen].T) for name in SIGNALS["lstm"]}
    return {"hidden": len(order), "units": chosen.tolist(), "signals": told}


@torch.no_grad()
def expected(model: CharModel, ids: Int[Tensor, " T"], symbols: str) -> list[tuple[str, float]]:
    """The likeliest next character after each, and its probability; the net is left as it was found."""
    mode = model.training
    try:
        logits, _ = model.eval()(ids[None])
    finally:
        model.train(mode)
    best = logits[0].softmax(-1).max(-1)
    return [(symbols[place], round(p, 3)) for place, p in zip(best.indices.tolist(), best.values.tolist(), strict=True)]


def _rounded(values: Float[Tensor, "H T"]) -> list[list[float]]:
    return [[round(value, 3) for value in row] for row in values.tolist()]
