"""The lab's answer with translations of given texts."""

from typing import Any

from models.probes.translated import source_row, translation_task
from models.run_errors import BadQuestion
from models.trained_net import TrainedNet

MOST_TEXTS = 1000


def translate_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """Each text of "texts" in the other language, by greedy decoding or a beam of "width"; its truth where known."""
    task = translation_task(trained, "translation")
    texts, width = question.get("texts"), question.get("width", 1)
    if not isinstance(texts, list) or not 1 <= len(texts) <= MOST_TEXTS:
        raise BadQuestion("There are no texts to translate.", "texts", f"give 1 to {MOST_TEXTS} of them")
    if type(width) is not int or not 1 <= width <= 32:
        raise BadQuestion(f"A beam of {width} cannot be searched with.", "width", "use 1 (greedy) to 32")
    for text in texts:
        source_row(task, str(text))
    found = task.translations([str(text) for text in texts], width)
    held_out = task.dataset.held_out
    known = {source: target for part in (task.dataset.train, held_out) for source, target in _pairs(part)}
    return {
        "run": trained.run.id,
        "step": trained.step,
        "direction": task.dataset.direction,
        "translations": found,
        "truths": [known.get(str(text)) for text in texts],
    }


def _pairs(part: Any) -> zip:
    return zip(part.sources, part.targets, strict=True)
