"""What every recipe says, whatever it trains; each project adds its own settings to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from models.run_errors import RunError


class PresetRefused(RunError):
    """No such project or preset, or a setting that it does not have."""


@dataclass(frozen=True, kw_only=True)
class Preset:
    """One recipe: the data, the bar, and the numbers of its training that all projects share."""

    CHOICES: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    LOWEST: ClassVar[Mapping[str, float]] = {"batch_size": 2, "evaluate_every_epochs": 1}
    HIGHEST: ClassVar[Mapping[str, float]] = {"warmup": 1.0}

    project: str
    name: str
    sentence: str
    dataset: str
    bar: float  # what counts as passed; see models/metric.py
    epochs: int = 0  # how often the training data are gone through; 0 where `iterations` counts
    iterations: int = 0
    batch_size: int = 128
    schedule: str = "one-cycle"
    peak_lr: float = 0.1
    warmup: float = 0.0  # share of all steps
    weight_decay: float = 1e-4
    precision: str = "float32"  # or auto, bfloat16, float16: what the net computes in while it trains
    compile: bool = False  # torch.compile for the training steps: minutes of work first, quicker steps after them
    evaluate_every_epochs: int = 1
    checkpoint_seconds: float = 15.0

    @staticmethod
    def settle(chosen: dict[str, Any], changes: Mapping[str, str], place: str) -> dict[str, Any]:
        """The settings with what follows from others; what contradicts itself is `PresetRefused`."""
        del changes, place
        return chosen
