"""Everything a run needs to go on as if it had never stopped, in one file that is replaced in one step."""

import os
import pickle
import random
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from models.atomic_file import replacing
from models.run_directory import RunDirectory
from models.run_errors import RunError

FORMAT = 1
_UNREADABLE = (
    OSError,
    RuntimeError,
    ValueError,
    KeyError,
    EOFError,
    zipfile.BadZipFile,
    pickle.UnpicklingError,
)


class CheckpointDamaged(RunError):
    """Neither of the run's two checkpoints can be read."""


class Loaded(NamedTuple):
    """A checkpoint's contents, the file they came from, and what was wrong with a newer one, if anything."""

    state: dict[str, Any]
    path: Path
    damage: str


def save_checkpoint(run: RunDirectory, state: Mapping[str, Any]) -> None:
    """Replace checkpoint.pt; the one before it becomes checkpoint.prev.pt.

    A full disk shows as OSError or, from inside torch, as RuntimeError; both files are then as before.
    """
    with replacing(run.checkpoint) as file:
        torch.save({"format": FORMAT, **state}, file)
        file.flush()
        os.fsync(file.fileno())
        if run.checkpoint.exists():
            os.replace(run.checkpoint, run.previous_checkpoint)  # killed here, a run resumes from that one


def load_checkpoint(run: RunDirectory) -> Loaded | None:
    """The newest checkpoint that is whole, on the CPU; None where the run has saved none yet."""
    damage = ""
    for path in (run.checkpoint, run.previous_checkpoint):
        if not path.exists():
            continue
        try:
            return Loaded(_read(path), path, damage)
        except _UNREADABLE as error:
            reason = str(error).strip().partition("\n")[0] or type(error).__name__
            damage = f"{damage}{path.name} is damaged ({reason}). "
    if not damage:
        return None
    next_step = "start a new run with `phase3-tutor train`; the curves of this one are still there"
    raise CheckpointDamaged(f"This run cannot go on: {damage.strip()}", str(run.path), next_step)


def set_damaged_aside(run: RunDirectory, loaded: Loaded) -> None:
    """Move a damaged checkpoint.pt out of the way, so that it never pushes the good one out."""
    if loaded.damage and run.checkpoint.exists():
        os.replace(run.checkpoint, run.checkpoint.with_name("checkpoint.damaged.pt"))


def random_state() -> dict[str, Any]:
    """The state of every global random generator, in types that a weights-only load accepts."""
    version, words, gauss = random.getstate()
    numpy_state: Any = np.random.get_state(legacy=False)
    state: dict[str, Any] = {
        "torch": torch.get_rng_state(),
        "python": (version, list(words), gauss),
        "numpy": {
            "key": torch.from_numpy(numpy_state["state"]["key"].astype(np.int64)),
            "pos": int(numpy_state["state"]["pos"]),
            "has_gauss": int(numpy_state["has_gauss"]),
            "gauss": float(numpy_state["gauss"]),
        },
    }
    if torch.cuda.is_available():
        state["cuda"] = torch.cuda.get_rng_state_all()
    return state


def restore_random_state(state: Mapping[str, Any]) -> None:
    """Put every global random generator back; to be done last, since building things draws numbers."""
    version, words, gauss = state["python"]
    random.setstate((version, tuple(words), gauss))
    numpy_state = state["numpy"]
    key = numpy_state["key"].numpy().astype(np.uint32)
    np.random.set_state(("MT19937", key, numpy_state["pos"], numpy_state["has_gauss"], numpy_state["gauss"]))
    torch.set_rng_state(state["torch"])
    if "cuda" in state and torch.cuda.device_count() == len(state["cuda"]):
        torch.cuda.set_rng_state_all(state["cuda"])


def _read(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:  # torch.load takes a flipped byte without a word; the zip's sums do not
        if (bad := archive.testzip()) is not None:
            raise zipfile.BadZipFile(f"wrong checksum in {bad}")
    state = torch.load(path, map_location="cpu", weights_only=True)
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        raise ValueError("it is not a checkpoint of this program's format")
    return state
