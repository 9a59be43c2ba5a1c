"""The lab's answer about word order: whether a head of cross-attention looks where the alignment of numbers lies."""

from typing import Any

from models.datasets.translation import Pairs
from models.datasets.vocabulary import EOS
from models.head_scores import HeadScore, aligned_pattern, may_see, strongest_on
from models.number_alignment import aligned_words
from models.number_text import number_of
from models.probes.attention_weights import attention_weights
from models.probes.translated import translation_task
from models.run_errors import BadQuestion
from models.trained_net import TrainedNet

NUMBERS = 100
GOOD = 0.8  # below it the picture says that this run's heads do not show the crossing


def crossing_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """The share of characters whose strongest source word is the aligned one, of the head that has the largest.

    Over 100 held-out numbers, teacher forced; the row that writes a character counts as its own. Characters that
    render no word (the "und" of zweiundneunzig) are left out.
    {"best": {"layer", "head", "share"}, "chance", "heads": [{"layer", "head", "share"}]}
    """
    del question
    task = translation_task(trained, "crossing of word order")
    if task.settings["dataset"] != "number-words":
        thing = f"{trained.run.id} translates sentences, and only of numbers is it known which word says what."
        raise BadQuestion(thing, "ask", "ask it of a run on number words")
    held_out, language = task.dataset.held_out, task.dataset.direction[3:]
    pairs = Pairs(
        held_out.sources[:NUMBERS], held_out.targets[:NUMBERS], held_out.source_vocabulary, held_out.target_vocabulary
    )
    batch = task.sentences(*pairs.ids())
    aligned = [aligned_words(number_of(text), language) for text in pairs.sources]
    weights = attention_weights(task.net, batch.source, batch.told)["cross"]  # (B, L, h, m, n)
    queries, keys = batch.told.shape[1], batch.source.shape[1]
    visible = may_see(task.net.source_mask(batch.source), batch.said, batch.source)
    visible = visible & (batch.source != EOS)[:, None, :]  # a word is asked for, and the end is none
    pattern = aligned_pattern(aligned, queries, keys).to(visible.device)
    rows = []
    scores: list[HeadScore] = [strongest_on(weights[:, layer], pattern, visible) for layer in range(weights.shape[1])]
    for layer, score in enumerate(scores):
        rows += [{"layer": layer, "head": head, "share": share} for head, share in enumerate(score.share.tolist())]
    return {
        "run": trained.run.id,
        "step": trained.step,
        "numbers": len(pairs),
        "best": max(rows, key=lambda row: row["share"]),
        "chance": scores[0].chance,
        "good": GOOD,
        "heads": rows,
    }
