"""The lab's answer with text that a run's net has made up."""

from typing import Any

import torch

from models.figures.threads import one_thread
from models.probes.passage import character_task, ids_of
from models.run_errors import BadQuestion
from models.sampling import say
from models.trained_net import TrainedNet

LONGEST = 20_000
_HIGHEST_TEMPERATURE = 10.0


def sample_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """Text after a prompt, and the probability of each of its characters."""
    task = character_task(trained, "sample")
    prompt = str(question.get("prompt") or "\n")
    length, temperature = question.get("length", 500), float(question.get("temperature", 1.0))
    if type(length) is not int or not 1 <= length <= LONGEST:
        raise BadQuestion(f"A sample of {length} characters cannot be made.", "length", f"use 1 to {LONGEST:,}")
    if not 0.0 < temperature <= _HIGHEST_TEMPERATURE:
        thing = f"A temperature of {temperature:g} cannot be sampled with."
        raise BadQuestion(thing, "temperature", "use a number above 0 and up to 10; 1 is what the net has learned")
    generator = torch.Generator().manual_seed(int(question.get("seed", 0)))
    with one_thread():
        said = list(say(task.net, ids_of(task, prompt), length, temperature, task.parts["sample"], generator))
    return {
        "run": trained.run.id,
        "step": trained.step,
        "prompt": prompt,
        "temperature": temperature,
        "text": "".join(task.dataset.symbols[each.id] for each in said),
        "probabilities": [round(each.probability, 4) for each in said],
    }
