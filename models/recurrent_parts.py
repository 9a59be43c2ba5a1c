"""The functions and classes of a recurrent run: the learner's, and references only where the run's config says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from models import char_lm, clipping, gru_cell, lstm, lstm_cell, recurrence
from models.gate_layout import TORCH_CONVENTIONS
from models.learner_modules import LearnerModules
from models.run_config import RunConfig
from models.taken_parts import take

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
    "rnn/lstm_cell": {"gate_order": tuple("".join(order) for order in permutations("ifgo"))},
    "rnn/gru_cell": {"update": ("cho", "chung"), "reset": ("before", "after")},
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
    taken = take(config, modules, REFERENCES, _KNOWN)
    return RecurrentParts(taken.found, {_DECLARED_IN[id_]: told for id_, told in taken.declared.items()})
