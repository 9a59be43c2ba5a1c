"""Where this process stands: its device, its share of the work, and whether it may write the run's folder."""

import os
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Shaped
from torch import Tensor, distributed

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

    def share(self, batch: Shaped[Tensor, "B ..."]) -> Shaped[Tensor, "b ..."]:
        """This process's part of a batch that all of them drew alike."""
        return batch[self.rank :: self.processes]

    def check_batch(self, size: int) -> None:
        """Refuse a batch that cannot be cut into equal parts: a mean of their means would not be its own."""
        if size % self.processes:
            thing = f"A batch of {size} cannot be cut into {self.processes} equal parts."
            raise NoSuchDevice(thing, "--set batch_size", f"set it to a multiple of {self.processes}")

    def total(self, numbers: Sequence[float]) -> list[float]:
        """The sum of each number over all processes; the same everywhere."""
        if self.processes == 1:
            return list(numbers)
        summed = torch.tensor(numbers, dtype=torch.float64, device=self.device)
        distributed.all_reduce(summed)
        return summed.tolist()

    def mean(self, values: Mapping[str, float]) -> dict[str, float]:
        """The mean of each value over all processes: of a loss that is NaN in one of them, NaN in all."""
        totals = self.total(list(values.values()))
        return {name: total / self.processes for name, total in zip(values, totals, strict=True)}

    def any(self, holds: bool) -> bool:
        """Whether it holds in one of the processes at least: what all of them do, they must decide alike."""
        return self.total([float(holds)])[0] > 0

    @torch.no_grad()
    def average_(self, tensors: Iterable[Tensor]) -> None:
        """Replace each tensor by its mean over all processes."""
        kept = [tensor for tensor in tensors if tensor.is_floating_point()] if self.processes > 1 else []
        if not kept:
            return
        flat = torch.cat([tensor.reshape(-1).float() for tensor in kept])  # one message for all of them
        distributed.all_reduce(flat)
        for tensor, mean in zip(kept, (flat / self.processes).split([tensor.numel() for tensor in kept]), strict=True):
            tensor.copy_(mean.view_as(tensor))

    def generator(self, seed: int, purpose: int) -> torch.Generator:
        """A generator for one purpose, independent of how many numbers the others draw."""
        return torch.Generator().manual_seed((seed << 8) + purpose)

    def seed_all(self, seed: int) -> None:
        """Seed every global generator that a learner's code may draw from."""
        random.seed(seed)
        np.random.seed(seed % 2**32)
        torch.manual_seed(seed)


def place(device: str, threads: int, environment: Mapping[str, str] = os.environ) -> Placement:
    """Take up the device with this many threads (0: as many as there are), or say why that cannot be.

    `torchrun` tells each process in the environment who it is; those of one machine share its threads.
    """
    available = {"cpu": True, "cuda": torch.cuda.is_available, "mps": torch.backends.mps.is_available}
    kind = device.partition(":")[0]
    found = available.get(kind, False)
    if not (found if isinstance(found, bool) else found()):
        thing = f'There is no device "{device}" here.'
        raise NoSuchDevice(thing, "--device", "use --device cpu")
    if threads:
        torch.set_num_threads(max(1, threads // int(environment.get("LOCAL_WORLD_SIZE", "1"))))
    if kind == "cuda":
        # Rounded to 10 bits, a fused layer would differ from the learner's by far more than the tolerance.
        torch.backends.cudnn.allow_tf32 = False
    if int(environment.get("WORLD_SIZE", "1")) == 1:
        return Placement(torch.device(device))
    return _among_others(kind, environment)


def _among_others(kind: str, environment: Mapping[str, str]) -> Placement:
    """Join the processes that `torchrun` started: by NCCL between GPUs, one a process, else by gloo."""
    here = torch.device(kind, int(environment.get("LOCAL_RANK", "0"))) if kind == "cuda" else torch.device(kind)
    if kind == "mps":
        raise NoSuchDevice("Several processes cannot share one mps device.", "WORLD_SIZE", "start it without torchrun")
    if kind == "cuda" and (here.index or 0) >= torch.cuda.device_count():
        thing = f"There are fewer GPUs here ({torch.cuda.device_count()}) than processes."
        raise NoSuchDevice(thing, "--nproc-per-node", "start as many processes as there are GPUs")
    if not distributed.is_initialized():
        distributed.init_process_group("nccl" if kind == "cuda" else "gloo")
    return Placement(here, distributed.get_rank(), distributed.get_world_size())


def part() -> None:
    """Leave the other processes, where there are any."""
    if distributed.is_available() and distributed.is_initialized():
        distributed.destroy_process_group()
