"""What a probe needs of a translation run: that it is one, and sentences in and out of it."""

from typing import Any

from models.datasets.vocabulary import EOS
from models.run_errors import BadQuestion
from models.tasks.translation import Translation
from models.trained_net import TrainedNet

MOST_TOKENS = 120


def translation_task(trained: TrainedNet, what: str) -> Translation:
    """The run's task, or `BadQuestion` where it does not translate."""
    if not isinstance(trained.task, Translation):
        thing = f"{trained.run.id} does not translate, so there is no {what} of it."
        raise BadQuestion(thing, trained.run.id, "ask for it of a run of project transformer")
    return trained.task


def sentence_of(task: Translation, question: dict[str, Any]) -> str:
    """The text in question; the first held-out sentence where none is given."""
    text = question.get("text") or task.dataset.held_out.sources[0]
    if not isinstance(text, str) or not text.strip():
        raise BadQuestion("There is no text to translate.", "text", f"such as: {task.dataset.held_out.sources[0]}")
    return text


def source_row(task: Translation, text: str) -> list[int]:
    """The ids of a sentence with its end."""
    ids = [*task.dataset.source.encode(text), EOS]
    if not 1 < len(ids) <= MOST_TOKENS:
        thing = f"A sentence of {len(ids) - 1} tokens cannot be translated here."
        raise BadQuestion(thing, "text", f"give one of 1 to {MOST_TOKENS - 1} tokens")
    return ids
