"""Which examples come next: a shuffled order whose place can be saved in the middle of an epoch."""

from typing import Any

import torch
from jaxtyping import Int
from torch import Tensor


class ShuffledBatches:
    """Goes through all examples in a fresh random order each epoch; what does not fill a batch is left out.

    The order comes from a generator of its own. A DataLoader draws from the global one at each start, and its
    place in the epoch cannot be saved.
    """

    def __init__(self, examples: int, batch_size: int, generator: torch.Generator) -> None:
        if batch_size > examples:
            raise ValueError(f"a batch of {batch_size} is larger than the {examples} examples there are")
        self.examples, self.batch_size, self.generator = examples, batch_size, generator
        self._order = torch.empty(0, dtype=torch.int64)
        self._position = 0

    @property
    def batches_per_epoch(self) -> int:
        return self.examples // self.batch_size

    def next_indices(self) -> Int[Tensor, " B"]:
        """The examples of the next batch."""
        if self._position + self.batch_size > len(self._order):
            self._order = torch.randperm(self.examples, generator=self.generator)  # (N,)
            self._position = 0
        start = self._position
        self._position += self.batch_size
        return self._order[start : self._position]

    def state(self) -> dict[str, Any]:
        """Everything that decides the batches to come."""
        return {
            "generator": self.generator.get_state(),
            "order": self._order.clone(),
            "position": self._position,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on where `state` was taken."""
        self.generator.set_state(state["generator"])
        self._order, self._position = state["order"].clone(), int(state["position"])
