"""Predictions as rows that vouch for each other: one that is changed after it was sealed is found and left out."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any


@dataclass(frozen=True)
class Predicted:
    """What was expected of one ablation of one experiment under one seed, and when that was said."""

    project: str
    preset: str
    ablations: tuple[str, ...]
    seed: int
    direction: str  # "lower", "higher" or "same"
    least: float  # of the size, in points of held-out accuracy
    most: float
    changes: dict[str, Any] = field(default_factory=dict)  # settings that are not the preset's own
    run_id: str = ""
    is_blind: bool = True  # False: a run of this ablation had finished before
    sealed_at: str = ""  # ISO 8601
    number: int = 0  # its place in the chain, from 1
    previous: str = ""  # the hash of the row sealed before
    hash: str = ""  # of everything above

    @property
    def experiment(self) -> tuple[str, str, tuple[str, ...], str]:
        """What it is about, whatever the seed."""
        return self.project, self.preset, self.ablations, json.dumps(self.changes, sort_keys=True)

    def sealed_after(self, rows: Sequence[Mapping[str, Any]], at: str) -> "Predicted":
        """This prediction as the next link of the chain."""
        last = rows[-1] if rows else {}
        linked = replace(self, sealed_at=at, number=_number(last) + 1, previous=last.get("hash", ""), hash="")
        return replace(linked, hash=content_hash(linked.to_row()))

    def to_row(self) -> dict[str, Any]:
        """Plain values for the record."""
        return {**asdict(self), "ablations": list(self.ablations)}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "Predicted":
        """Read a row; keys of another version are ignored."""
        names = {each.name for each in fields(cls)}
        known: dict[str, Any] = {key: value for key, value in row.items() if key in names}
        return cls(**{**known, "ablations": tuple(known["ablations"])})


def content_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 over everything of a row but its own hash; the hash of the row before is a part of it."""
    content = {key: value for key, value in row.items() if key != "hash"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def in_order(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows by their place in the chain."""
    return sorted((dict(row) for row in rows), key=_number)


def sound_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[list[Predicted], list[str]]:
    """The rows that are as they were sealed, oldest first, and a sentence for each that is not.

    A row whose hash does not fit its content was changed. One whose hash fits, but is not the one that the next row was
    chained to, was changed and given a new hash.
    """
    chain, sound, sentences = in_order(rows), [], []
    for place, row in enumerate(chain):
        following = chain[place + 1] if place + 1 < len(chain) else None
        is_missing = following is not None and _number(following) != _number(row) + 1
        is_vouched = following is None or is_missing or following.get("previous") == row.get("hash")
        found = _read(row) if is_vouched and row.get("hash") == content_hash(row) else None
        if found:
            sound.append(found)
        else:
            sentences.append(_changed(row))
        if is_missing:
            sentences.append(f"A prediction is gone from your record: number {_number(row) + 1} of those sealed.")
    return sound, sentences


def _read(row: Mapping[str, Any]) -> Predicted | None:
    try:
        return Predicted.from_row(row)
    except (TypeError, KeyError):  # a value was taken out, and the hash made to fit
        return None


def _number(row: Mapping[str, Any]) -> int:
    number = row.get("number")
    return number if isinstance(number, int) else 0


def _changed(row: Mapping[str, Any]) -> str:
    named = row.get("ablations")
    what = ", ".join(map(str, named)) if isinstance(named, list) else "an ablation"
    words = f"The prediction for {what}, seed {row.get('seed', '?')}, was changed after it was sealed"
    return f"{words} ({row.get('sealed_at', 'no time')}): it is left out."
