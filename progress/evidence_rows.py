"""What one row of evidence says: an exercise that was checked, a run that was trained."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

# Best first. `fragile` counts: equal mathematics that breaks on extreme input only.
STATUSES = ("passed", "variant", "fragile", "failed", "error", "timeout", "missing", "unverifiable")
DONE = frozenset(STATUSES[:3])


@dataclass(frozen=True)
class ExerciseEvidence:
    """The latest verdict on an exercise, the code it was given for, and how it came to that."""

    id: str
    status: str
    checked_at: str  # ISO 8601
    fingerprint: str = ""  # of the learner's code that the verdict is about
    content_version: str = ""  # of the check that gave it
    mistake: str | None = None
    seed: int | None = None
    attempts: int = 0
    passes: int = 0
    best_status: str = ""
    hints_shown: int = 0

    @property
    def done(self) -> bool:
        """Whether the verdict, for the code it was given for, counts as done."""
        return self.status in DONE

    def is_stale(self, current_fingerprint: str | None) -> bool:
        """Whether the code is no longer the code of the verdict; None or "": it is not there any more."""
        return not current_fingerprint or current_fingerprint != self.fingerprint

    def after(self, verdict: Mapping[str, Any]) -> "ExerciseEvidence":
        """This row with the next verdict taken in; one that could not be reached changes only the count."""
        counted = replace(self, attempts=self.attempts + 1)
        if verdict["status"] == "unverifiable" and self.status:
            return counted
        latest = {key: verdict[key] for key in _OF_A_VERDICT if key in verdict}
        now = replace(counted, **{"mistake": None, "seed": None, "fingerprint": "", **latest})
        best = min((status for status in (self.best_status, now.status) if status), key=_rank)
        return replace(now, passes=now.passes + now.done, best_status=best)

    def to_row(self) -> dict[str, Any]:
        """Plain values for the record; hints have their own table, since they are shown before any check."""
        row = asdict(self)
        del row["hints_shown"]
        return row

    @classmethod
    def from_row(cls, row: Mapping[str, Any], hints_shown: int = 0) -> "ExerciseEvidence":
        """Read a row; keys of another version are ignored."""
        return replace(cls(**_known(cls, row)), hints_shown=hints_shown)


@dataclass(frozen=True)
class GivenUp:
    """An exercise whose solution was shown before it had passed, and how far it has been solved anew since.

    It counts again when it passes on a later day, after a reset, with a tree that is not the shown solution's.
    """

    id: str
    at: str  # ISO 8601, as the others
    reset_at: str = ""
    redeemed_at: str = ""

    def after_reset(self, at: str) -> "GivenUp":
        """Only the first one counts: who resets again need not wait again."""
        return self if self.reset_at else replace(self, reset_at=at)

    def after(self, verdict: Mapping[str, Any]) -> "GivenUp":
        """This row with the next verdict taken in.

        `own` is the fingerprint of what the learner wrote for the exercise, `shown` that of the solution.
        """
        own, at = verdict.get("own"), verdict["checked_at"]
        is_theirs = bool(own) and own != verdict.get("shown")
        is_later = bool(self.reset_at) and at >= self.reset_at and at[:10] > self.at[:10]
        if self.redeemed_at or verdict["status"] not in DONE or not (is_theirs and is_later):
            return self
        return replace(self, redeemed_at=at)

    def to_row(self) -> dict[str, Any]:
        """Plain values for the record."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "GivenUp":
        """Read a row; keys of another version are ignored."""
        return cls(**_known(cls, row))


@dataclass(frozen=True)
class RunEvidence:
    """A finished run: what was trained, of whose code, and how well it did."""

    run_id: str
    project: str
    preset: str
    is_evidence: bool  # every part was the learner's own
    metric_name: str  # such as "held_out_accuracy"
    metric: float | None  # None: it was not finite
    fingerprints: dict[str, str] = field(default_factory=dict)  # exercise id -> of the part, at the start
    workspace_id: str = ""
    created_at: str = ""
    checked_at: str = ""  # when the metric was last computed from its checkpoint
    bar: float | None = None  # what the metric is held against, by the run's own settings
    comparable: bool = False  # whether its data may be held against the paper's

    def to_row(self) -> dict[str, Any]:
        """Plain values for the record."""
        metric = self.metric if self.metric is not None and math.isfinite(self.metric) else None
        return {**asdict(self), "metric": metric}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "RunEvidence":
        """Read a row; keys of another version are ignored."""
        return cls(**_known(cls, row))


_OF_A_VERDICT = ("status", "checked_at", "fingerprint", "content_version", "mistake", "seed")


def _rank(status: str) -> int:
    return STATUSES.index(status) if status in STATUSES else len(STATUSES)


def _known(row_class: type, row: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(row_class)}
    return {key: value for key, value in row.items() if key in names}
