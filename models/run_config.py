"""The complete description of a run, written before its first step and never changed after it."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from models.presets import PRESETS, part_ids
from models.run_errors import RunUnreadable

# The JSON type of each value, for a message that names the key instead of a failure far from it.
_JSON_TYPES: dict[str, type] = {
    "id": str,
    "project": str,
    "preset": str,
    "seed": int,
    "device": str,
    "threads": int,
    "twin": bool,
    "total_steps": int,
    "settings": dict,
    "dataset": dict,
    "parts": list,
    "workspace_id": str,
    "created_at": str,
    "versions": dict,
}
_WORDS = {str: "text", int: "a whole number", bool: "true or false", dict: "an object", list: "a list"}


@dataclass(frozen=True)
class Part:
    """One exercise that the net is assembled from, and whose code fills it."""

    exercise_id: str
    source: str  # "learner" or "reference"
    file: str  # relative to the workspace and to the run's modules folder, such as "cnn/conv.py"
    symbol: str
    fingerprint: str  # of the learner's code when the run started; "" for the reference
    reason: str = ""  # why the reference stands in, such as "not passed yet"
    has_twin: bool = True  # False: torch has no fused layer that does the same, so their own code trains


@dataclass(frozen=True)
class SealedPrediction:
    """What was expected of an ablation before the run began, as the learner's record holds it."""

    words: str  # such as "lower 1-5", as `parse_prediction` reads them
    sealed_at: str  # ISO 8601 with its offset from UTC
    is_blind: bool  # False: a run of this ablation had finished before
    hash: str  # of its row in the record


@dataclass(frozen=True)
class RunConfig:
    """Everything that is needed to run it again; `total_steps` and `dataset` are completed by the trainer."""

    id: str
    project: str
    preset: str
    seed: int
    device: str
    threads: int
    twin: bool
    total_steps: int  # 0 until the trainer has loaded the data
    settings: dict[str, Any]
    dataset: dict[str, Any]
    parts: tuple[Part, ...]
    workspace_id: str
    created_at: str  # ISO 8601 with its offset from UTC
    versions: dict[str, str]
    ablations: tuple[str, ...] = ()  # what was taken out of the net or changed in it, such as "no-skip"
    prediction: SealedPrediction | None = None

    @property
    def is_evidence(self) -> bool:
        """Whether it is the project's net, and every part the learner's own: anything else proves nothing of them.

        The long-range tasks, and a net of another cell, are made of other parts than the project asks for.
        """
        own = {part.exercise_id for part in self.parts if part.source == "learner"}
        asked_for = part_ids(self.project) if self.project in PRESETS else ()
        return bool(self.parts) and not self.ablations and len(own) == len(self.parts) and own.issuperset(asked_for)

    def to_json(self) -> str:
        """The text of config.json, indented because people read it."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str, place: str = "config.json") -> "RunConfig":
        """Read config.json; unknown keys are ignored, a missing or ill-typed one is `RunUnreadable`."""
        values = _object(text, place)
        found = {key: _typed(values, key, json_type, place) for key, json_type in _JSON_TYPES.items()}
        ablations = _typed({"ablations": [], **values}, "ablations", list, place)
        found["ablations"] = tuple(str(name) for name in ablations)
        found["parts"] = tuple(_part(row, place) for row in found["parts"])
        found["prediction"] = _prediction(values.get("prediction"), place)
        return cls(**found)


def _part(row: object, place: str) -> Part:
    if not isinstance(row, dict):
        raise _unreadable(place, '"parts" holds something that is not an object')
    row = {"reason": "", "has_twin": True, **row}
    types = {field.name: bool if field.name == "has_twin" else str for field in fields(Part)}
    return Part(**{name: _typed(row, name, json_type, place) for name, json_type in types.items()})


def _prediction(row: object, place: str) -> SealedPrediction | None:
    if row is None:
        return None
    if not isinstance(row, dict):
        raise _unreadable(place, '"prediction" should be an object')
    types = {field.name: bool if field.name == "is_blind" else str for field in fields(SealedPrediction)}
    return SealedPrediction(**{name: _typed(row, name, json_type, place) for name, json_type in types.items()})


def _object(text: str, place: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(place, f"it is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise _unreadable(place, "it is not a JSON object")
    return values


def _typed(values: dict[str, Any], key: str, json_type: type, place: str) -> Any:
    if key not in values:
        raise _unreadable(place, f'"{key}" is missing')
    value = values[key]
    if not isinstance(value, json_type) or (json_type is int and isinstance(value, bool)):
        raise _unreadable(place, f'"{key}" should be {_WORDS[json_type]}')
    return value


def _unreadable(place: str, what: str) -> RunUnreadable:
    return RunUnreadable(f"This run's configuration cannot be read: {what}.", place, _NEXT_STEP)


_NEXT_STEP = "start the run again with `phase3-tutor train`, or put the file back from a backup"
