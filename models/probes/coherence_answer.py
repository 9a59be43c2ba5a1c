"""The lab's answer about how coherent a net's text is: beside the held-out text's range and a 4-gram's sample."""

from dataclasses import asdict
from random import Random
from typing import Any

from models.coherence import MEASURES, Corpus, held_out_range, verdicts
from models.ngram import NGram
from models.probes.passage import character_task
from models.probes.sample_answer import sample_answer
from models.trained_net import TrainedNet

SIZE = 5000


def coherence_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """A sample of 5,000 characters and its measures; the same of a 4-gram, and the range of held-out pieces."""
    task = character_task(trained, "coherence")
    train, held_out = (task.dataset.decode(ids) for ids in (task.dataset.train_ids, task.dataset.held_out_ids))
    said = sample_answer(trained, {**question, "length": SIZE, "prompt": question.get("prompt") or "\n"})
    corpus, ngram = Corpus(train), NGram(train)
    found = corpus.measure(said["text"])
    of_ngram = corpus.measure(ngram.sample("\n", SIZE, Random(int(question.get("seed", 0)))))
    low, high = held_out_range(corpus, held_out, SIZE)
    holds = verdicts(found, of_ngram, low, high)
    columns = {"found": asdict(found), "ngram": asdict(of_ngram), "low": asdict(low), "high": asdict(high)}
    return {
        **{key: said[key] for key in ("run", "step", "temperature")},
        "characters": SIZE,
        "measures": [
            {"name": name, "sentence": sentence, "holds": holds[name]}
            | {column: round(float(values[name]), 4) for column, values in columns.items()}
            for name, sentence in MEASURES.items()
        ],
        "coherent": all(holds.values()),
        "ngram_nats": round(ngram.nats(held_out), 4),
        "text": said["text"],
    }
