"""The lab's answer with the attention of every head on one sentence."""

from typing import Any

import torch
from torch import Tensor

from models.datasets.vocabulary import BOS, EOS
from models.probes.attention_weights import attention_weights
from models.probes.translated import sentence_of, source_row, translation_task
from models.trained_net import TrainedNet


def attention_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """The net's translation of a text, and all weights while it is read and said.

    {"source": tokens, "told": tokens that the decoder has read when it writes each row, "said": the tokens it writes,
    "weights": {"encoder" | "decoder" | "cross": [layer][head][query][key]}}
    """
    task = translation_task(trained, "attention")
    text = sentence_of(task, question)
    ids = source_row(task, text)
    said = task.said([text])[0]
    ended = [EOS] if len(said) < task.longest else []  # a sentence that was cut off has not said its end
    written = [*said, *ended]
    told = [BOS, *written[:-1]]
    device = task.placement.device
    weights = attention_weights(task.net, torch.tensor([ids], device=device), torch.tensor([told], device=device))
    return {
        "run": trained.run.id,
        "step": trained.step,
        "text": text,
        "translation": task.dataset.target.decode(said),
        "source": task.dataset.source.pieces(ids),
        "told": task.dataset.target.pieces(told),
        "said": task.dataset.target.pieces(written),
        "weights": {kind: _rounded(value[0]) for kind, value in weights.items()},
    }


def _rounded(value: Tensor) -> list[Any]:
    return (value.double() * 1e4).round().div(1e4).tolist()
