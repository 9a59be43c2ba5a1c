"""The lab's answer about how coherent a net's text is: beside the held-out text's range and a 4-gram's sample."""

import math
from collections.abc import Mapping
from dataclasses import asdict
from random import Random
from typing import Any

from models.coherence import Corpus, held_out_range, verdicts
from models.coherence_facts import KEPT, MEASURES, is_kept, keep_coherence
from models.ngram import NGram
from models.probes.passage import character_task
from models.probes.sample_answer import sample_answer
from models.trained_net import TrainedNet

SIZE = 5000


def coherence_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """A sample of 5,000 characters and its measures; of a finished run's net they are kept where nobody asked else."""
    character_task(trained, "coherence")
    asked = {**KEPT, **question, "length": SIZE}
    answer = held_against_text(trained, sample_answer(trained, asked), int(asked["seed"]))
    if is_kept(asked) and trained.step == trained.config.total_steps and not trained.run.is_alive():
        keep_coherence(trained.run, answer)
    return answer


def held_against_text(trained: TrainedNet, said: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """The measures of what was said; the same of a 4-gram's sample, and the range of held-out pieces."""
    task = character_task(trained, "coherence")
    train, held_out = (task.dataset.decode(ids) for ids in (task.dataset.train_ids, task.dataset.held_out_ids))
    corpus, ngram, size = Corpus(train), NGram(train), len(said["text"])
    found = corpus.measure(said["text"])
    of_ngram = corpus.measure(ngram.sample("\n", size, Random(seed)))
    low, high = held_out_range(corpus, held_out, size)
    holds = verdicts(found, of_ngram, low, high)
    columns = {"found": asdict(found), "ngram": asdict(of_ngram), "low": asdict(low), "high": asdict(high)}
    nats = ngram.nats(held_out)
    return {
        **{key: said[key] for key in ("run", "step", "temperature")},
        "characters": size,
        "measures": [
            {"name": name, "sentence": sentence, "holds": holds[name]}
            | {column: round(float(values[name]), 4) for column, values in columns.items()}
            for name, sentence in MEASURES.items()
        ],
        "coherent": all(holds.values()),
        "ngram_nats": round(nats, 4) if math.isfinite(nats) else None,
        "text": said["text"],
    }
