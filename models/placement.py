"""Where this process stands: its device, its share of the work, and whether it may write the run's folder."""

import os
import random
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Int
from torch import Tensor

from models.run_errors import RunError


class NoSuchDevice(RunError):
    """The run asks for a device, or a number of processes, that it cannot have here."""


@dataclass(frozen=True)
class Placement:
    """One of `processes` that train together; seeds, shares and writing are decided here and nowhere else."""

    device: torch.device
    rank: int = 0
    processes: int = 1

    @property
    def writes(self) -> bool:
        """Whether this is the process that writes the run's folder."""
        return self.rank == 0

    def share(self, indices: Int[Tensor, " B"]) -> Int[Tensor, " b"]:
        """This process's part of a batch that all of them drew alike."""
        return indices[self.rank :: self.processes]

    def generator(self, seed: int, purpose: int) -> torch.Generator:
        """A generator for one purpose, independent of how many numbers the others draw."""
        return torch.Generator().manual_seed((seed << 8) + purpose)

    def seed_all(self, seed: int) -> None:
        """Seed every global generator that a learner's code may draw from."""
        random.seed(seed)
        np.random.seed(seed % 2**32)
        torch.manual_seed(seed)


def place(device: str, threads: int, environment: Mapping[str, str] = os.environ) -> Placement:
    """Take up the device with this many threads (0: as many as there are), or say why that cannot be."""
    if int(environment.get("WORLD_SIZE", "1")) > 1:
        thing = "A run on several processes at once is not possible yet."
        raise NoSuchDevice(thing, "WORLD_SIZE", "start it without torchrun")
    available = {"cpu": True, "cuda": torch.cuda.is_available, "mps": torch.backends.mps.is_available}
    kind = device.partition(":")[0]
    found = available.get(kind, False)
    if not (found if isinstance(found, bool) else found()):
        thing = f'There is no device "{device}" here.'
        raise NoSuchDevice(thing, "--device", "use --device cpu")
    if threads:
        torch.set_num_threads(threads)
    if kind == "cuda":
        # Rounded to 10 bits, a fused layer would differ from the learner's by far more than the tolerance.
        torch.backends.cudnn.allow_tf32 = False
    return Placement(torch.device(device))
