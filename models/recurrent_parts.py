"""The functions and classes of a recurrent run: the learner's, and references only where the run's config says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from models import char_lm, clipping, gru_cell, lstm, lstm_cell, recurrence
from models.gate_layout import TORCH_CONVENTIONS
from models.learner_modules import LearnerModules, PartUnusable
from models.run_config import Part, RunConfig

REFERENCES: dict[str, dict[str, Any]] = {
    "rnn/lstm_cell": {"lstm_cell": lstm_cell.lstm_cell},
    "rnn/lstm": {"LSTM": lstm.LSTM},
    "rnn/gru_cell": {"gru_cell": gru_cell.gru_cell},
    "rnn/rnn_forward": {"rnn_forward": recurrence.rnn_forward},
    "rnn/clip_grad_norm": {"clip_grad_norm": clipping.clip_grad_norm},
    "rnn/char_lm": {name: getattr(char_lm, name) for name in ("batches", "nll", "sample")},
}
_DECLARED_IN = {"rnn/lstm_cell": "lstm", "rnn/gru_cell": "gru"}
_KNOWN: dict[str, dict[str, tuple[str, ...]]] = {
    "lstm": {"gate_order": tuple("".join(order) for order in permutations("ifgo"))},
    "gru": {"update": ("cho", "chung"), "reset": ("before", "after")},
}


@dataclass(frozen=True)
class RecurrentParts:
    """What the run is put together from, by the names that the stubs give."""

    found: Mapping[str, Callable[..., Any]]
    conventions: Mapping[str, Mapping[str, str]]  # cell -> what the learner's file declares

    def __getitem__(self, name: str) -> Callable[..., Any]:
        return self.found[name]

    def conventions_of(self, cell: str) -> Mapping[str, str]:
        """How the learner's cell is to be read: torch's way, but for what its file declares."""
        return {**TORCH_CONVENTIONS[cell], **self.conventions.get(cell, {})}


def take_parts(config: RunConfig, modules: LearnerModules) -> RecurrentParts:
    """Every part of the config, from the run's own copies or from the references; `PartUnusable` names what is not."""
    found: dict[str, Callable[..., Any]] = {}
    conventions: dict[str, Mapping[str, str]] = {}
    for part in config.parts:
        names = REFERENCES[part.exercise_id]
        lent = part.source == "reference"
        found |= names if lent else {name: _callable(modules, part, name) for name in names}
        if part.exercise_id in _DECLARED_IN and not lent:
            conventions[_DECLARED_IN[part.exercise_id]] = _declared(modules, part)
    return RecurrentParts(found, conventions)


def _declared(modules: LearnerModules, part: Part) -> Mapping[str, str]:
    """What the file declares, if it is one of the conventions that there are."""
    declared, known = modules.take(part.file, "CONVENTIONS"), _KNOWN[_DECLARED_IN[part.exercise_id]]
    fits = isinstance(declared, dict) and all(declared.get(key) in values for key, values in known.items())
    if not fits:
        thing = f"CONVENTIONS in {part.file} is {declared!r:.60}, and that is none that is known."
        raise PartUnusable(thing, part.file, f"check it: phase3-tutor check {part.exercise_id}")
    return {key: declared[key] for key in known}


def _callable(modules: LearnerModules, part: Part, name: str) -> Callable[..., Any]:
    found = modules.take(part.file, name)
    if not callable(found):
        thing = f"{name} in {part.file} is a {type(found).__name__} and cannot be called."
        raise PartUnusable(thing, part.file, f"put {name} back as the stub has it")
    return found
