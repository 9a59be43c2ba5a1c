"""The lab's answer with the held-out sentences that a run translates otherwise than their reference."""

from typing import Any

from models.probes.translated import translation_task
from models.run_errors import BadQuestion
from models.trained_net import TrainedNet

MOST = 1000


def wrong_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """Held-out sentences whose translation is not the reference, "most" of them, and how many there are."""
    task = translation_task(trained, "list of wrong translations")
    most = question.get("most", 20)
    if type(most) is not int or not 1 <= most <= MOST:
        raise BadQuestion(f"{most} sentences cannot be shown.", "most", f"use 1 to {MOST}")
    pairs = task.dataset.held_out
    found = task.translations(pairs.sources, task.settings["beam"])
    wrong = [
        {"source": source, "truth": truth, "translation": said}
        for source, truth, said in zip(pairs.sources, pairs.targets, found, strict=True)
        if truth != said
    ]
    return {
        "run": trained.run.id,
        "step": trained.step,
        "examples": len(pairs),
        "wrong": len(wrong),
        "shown": wrong[:most],
    }
