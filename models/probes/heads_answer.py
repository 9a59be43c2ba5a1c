"""The lab's answer about what each attention head does: its habits scored, and what is lost when it is off."""

from typing import Any

from jaxtyping import Int
from torch import Tensor

from models.datasets.vocabulary import BOS, EOS
from models.head_scores import HeadScore, score_heads
from models.probes.attention_weights import attention_weights, heads_off
from models.probes.translated import translation_task
from models.tasks.translation import Sentences, Translation
from models.trained_net import TrainedNet

PAIRS, BATCH = 200, 50
_PUNCTUATION = frozenset(".,;:!?-")
_Place = tuple[str, int]  # kind and layer


def heads_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """Every head of every layer over the first held-out (or validation) pairs, teacher forced.

    {"loss": nats a token with all heads, "heads": [{"kind", "layer", "head", "scores": {habit: share},
    "chance": {habit: share}, "loss_without": nats a token with this head at 0}]}
    """
    del question
    task = translation_task(trained, "list of heads")
    batches = _batches(task)
    scores: dict[_Place, dict[str, HeadScore]] = {}
    for batch in batches:
        for place, found in _scored(task, batch).items():
            before = scores.get(place, {})
            scores[place] = {name: score + before.get(name, 0) for name, score in found.items()}
    return {
        "run": trained.run.id,
        "step": trained.step,
        "pairs": sum(len(batch.source) for batch in batches),
        "loss": task.nats_of(batches),
        "heads": [row for place in scores for row in _rows(task, batches, place, scores[place])],
    }


def _batches(task: Translation) -> list[Sentences]:
    pairs = task.dataset.validation if len(task.dataset.validation) else task.dataset.held_out
    source, target = pairs.ids()
    return [
        task.sentences(source[start : start + BATCH], target[start : start + BATCH])
        for start in range(0, min(PAIRS, len(pairs)), BATCH)
    ]


def _scored(task: Translation, batch: Sentences) -> dict[_Place, dict[str, HeadScore]]:
    source_mask, target_mask = task.net.source_mask(batch.source), task.net.target_mask(batch.told)
    reads: dict[str, tuple[Int[Tensor, "B q"], Int[Tensor, "B k"], Tensor]] = {
        "encoder": (batch.source, batch.source, source_mask),
        "decoder": (batch.told, batch.told, target_mask),
        "cross": (batch.told, batch.source, source_mask),
    }
    found: dict[_Place, dict[str, HeadScore]] = {}
    for kind, layers in attention_weights(task.net, batch.source, batch.told).items():
        queries, keys, mask = reads[kind]
        marks = _separators(task, of_source=kind != "decoder")
        for layer in range(layers.shape[1]):
            scores = score_heads(layers[:, layer], queries, keys, mask, marks, crossing=kind == "cross")
            if kind == "cross" and task.dataset.source is not task.dataset.target:
                del scores["same token"]  # the ids of two vocabularies have nothing to do with each other
            found[kind, layer] = scores
    return found


def _separators(task: Translation, of_source: bool) -> set[int]:
    """Begin, end, and tokens that are punctuation alone."""
    tokens = (task.dataset.source if of_source else task.dataset.target).tokens
    return {BOS, EOS} | {place for place, token in enumerate(tokens) if token.strip() in _PUNCTUATION}


def _rows(
    task: Translation, batches: list[Sentences], place: _Place, scores: dict[str, HeadScore]
) -> list[dict[str, Any]]:
    kind, layer = place
    rows = []
    for head in range(len(next(iter(scores.values())).total)):
        with heads_off(task.net, kind, layer, (head,)):
            without = task.nats_of(batches)
        told = {name: score for name, score in scores.items() if score.queries}
        rows.append({
            "kind": kind, "layer": layer, "head": head, "loss_without": without,
            "scores": {name: float(score.share[head]) for name, score in told.items()},
            "chance": {name: score.chance for name, score in told.items()},
        })  # fmt: skip
    return rows
