"""The lines of metrics.jsonl, and the curves that are drawn from them.

A line holds no clock: a run that was killed and resumed writes the same bytes as one that was not.
"""

import json
import math
from pathlib import Path
from typing import Any

from models.metrics_tail import MetricsTail
from models.series import Bucket, Series

__all__ = ["Bucket", "MetricsTail", "RunCurves", "Series", "metrics_line"]

# (kind of line, its key) -> the curve's name
_CURVES = {
    ("train", "loss"): "train loss",
    ("validation", "loss"): "validation loss",
    ("held_out", "loss"): "held-out loss",
    ("train", "accuracy"): "train accuracy",
    ("validation", "accuracy"): "validation accuracy",
    ("held_out", "accuracy"): "held-out accuracy",
    ("validation", "exact"): "validation exact",
    ("held_out", "exact"): "held-out exact",
    ("validation", "bleu"): "validation BLEU",
    ("held_out", "bleu"): "held-out BLEU",
    ("train", "lr"): "lr",
}


def metrics_line(step: int, kind: str, **values: Any) -> bytes:
    """One line for metrics.jsonl; a number that is not finite is written as null, its word beside it."""
    words = [str(value) for value in _numbers(values) if not math.isfinite(value)]
    line = {"step": step, "kind": kind, **_with_nulls(values), **({"not_finite": words[0]} if words else {})}
    return json.dumps(line, allow_nan=False).encode() + b"\n"


class RunCurves:
    """The curves of one run, kept up to date from its metrics.jsonl."""

    def __init__(self, metrics_path: Path) -> None:
        self.tail = MetricsTail(metrics_path)
        self._clear()

    def _clear(self) -> None:
        self.series: dict[str, Series] = {name: Series() for name in _CURVES.values()}
        self.twin_differences: dict[str, float | None] = {}  # exercise id -> the newest one; None: not finite
        self.last_step = 0

    @property
    def caught_up(self) -> bool:
        """Whether the last `poll` reached the end of the file."""
        return self.tail.caught_up

    def poll(self) -> bool:
        """Read on by one bounded piece (about 2 ms of work); whether anything changed."""
        restarts = self.tail.restarts
        metrics = self.tail.read_new()
        restarted = self.tail.restarts != restarts
        if restarted:
            self._clear()
        for metric in metrics:
            self._take(metric)
        return restarted or bool(metrics)

    def _take(self, metric: dict[str, Any]) -> None:
        step, kind = metric["step"], metric["kind"]
        self.last_step = max(self.last_step, step)
        if kind == "twin" and isinstance(metric.get("max_difference"), dict):
            self.twin_differences = metric["max_difference"]
        for key in metric:
            value = _value(metric, key)
            if (kind, key) in _CURVES and value is not None:
                self.series[_CURVES[kind, key]].add(step, value)


def _value(metric: dict[str, Any], key: str) -> float | None:
    """The number under this key; where it is null, the one that the line's word stands for."""
    value = metric[key]
    if value is None and metric.get("not_finite") in ("nan", "inf", "-inf"):
        return float(metric["not_finite"])
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [number for inner in value.values() for number in _numbers(inner)]
    return [value] if isinstance(value, float) else []


def _with_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_nulls(inner) for key, inner in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value
