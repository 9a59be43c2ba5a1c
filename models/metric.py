"""By which number a run is judged on held-out data: its name, its unit, and which way is better. Needs no torch."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Metric:
    """One number of an evaluation; sizes of differences are told in points, hundredths of its unit."""

    key: str  # in metrics.jsonl's lines, and behind "held_out_" in a run's facts and in the record
    noun: str
    higher_is_better: bool
    rounding: float  # by how much another processor's rounding may move it when it is computed again
    too_good: float | None = None  # nothing better was ever reached: a leak, and it passes nothing

    @property
    def name(self) -> str:
        """What the record calls it."""
        return f"held_out_{self.key}"

    def text(self, value: float | None) -> str:
        """The value as it is told: "98.3 %", "1.547"."""
        if value is None:
            return "-"
        if self.key == "bleu":
            return f"{value * 100:.1f} BLEU"
        return f"{value:.3f}" if self.key == "loss" else f"{value * 100:.1f} %"

    def passes(self, value: float | None, bar: float | None) -> bool:
        """Whether a value reaches the bar; without one of the two there is nothing to reach."""
        if value is None or bar is None:
            return False
        if self.is_too_good(value):
            return False
        return value >= bar if self.higher_is_better else value <= bar

    def is_too_good(self, value: float | None) -> bool:
        """Whether it is better than any net can be that has not seen what it is to say."""
        return value is not None and self.too_good is not None and self.rank(value) > self.rank(self.too_good)

    def rank(self, value: float | None) -> float:
        """Larger for a better value, smallest for none: what `max` compares runs by."""
        if value is None or math.isnan(value):
            return -math.inf
        return value if self.higher_is_better else -value


ACCURACY = Metric("accuracy", "accuracy", True, rounding=0.0)
# From scratch tiny Shakespeare was brought to 1.47 nats by the best nets known; people need about 0.9 for English.
NATS = Metric("loss", "nats per character", False, rounding=1e-3, too_good=0.9)
EXACT = Metric("exact", "exact translations", True, rounding=0.0)
BLEU = Metric("bleu", "sacreBLEU", True, rounding=2e-3)  # a share of 1; a point is one BLEU
_METRICS = (ACCURACY, NATS, EXACT, BLEU)
_OF_DATASET = {
    "plays": NATS, "shakespeare": NATS, "number-words": EXACT, "multi30k": BLEU,
}  # fmt: skip
_EXAMPLES = {
    "plays": "characters", "shakespeare": "characters", "adding": "sequences", "copy": "sequences",
    "number-words": "pairs", "multi30k": "pairs",
}  # fmt: skip


def metric_named(name: str) -> Metric:
    """The metric that the record calls so."""
    return next((metric for metric in _METRICS if metric.name == name), ACCURACY)


def metric_of(settings: Mapping[str, Any]) -> Metric:
    """The metric of a run with these settings: what its data can tell."""
    return _OF_DATASET.get(str(settings.get("dataset")), ACCURACY)


def examples_of(settings: Mapping[str, Any]) -> str:
    """What such a run goes through: images, characters, sequences or pairs of sentences."""
    return _EXAMPLES.get(str(settings.get("dataset")), "images")
