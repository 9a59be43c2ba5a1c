"""The mean of the weights over the last steps: it lies nearer to the middle of a valley than the last step does."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn


class WeightAverage:
    """An exponential mean of every parameter, taken after each step; buffers are no part of it.

        a_t = d_t a_{t-1} + (1 - d_t) w_t,   d_t = min(decay, t / (t + 9))

    The first steps count for little: at t = 1 the mean is nearly the weight itself.
    Polyak and Juditsky 1992; the exponential form is Szegedy et al. 2016 (1512.00567), section 8.
    """

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.model, self.decay, self.steps = model, decay, 0
        self._averages = {name: value.detach().clone() for name, value in model.named_parameters()}

    @torch.no_grad()
    def update(self) -> None:
        """Take the weights in as they are now."""
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 9))
        for name, value in self.model.named_parameters():
            self._averages[name].lerp_(value, 1 - decay)

    @torch.no_grad()
    def copy_into_model(self) -> None:
        """Put the mean in the place of the weights; statistics of activations are then to be measured anew."""
        for name, value in self.model.named_parameters():
            value.copy_(self._averages[name])

    def state(self) -> dict[str, Any]:
        """Everything that decides the means to come."""
        return {"steps": self.steps, "averages": self._averages}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where `state` was taken."""
        self.steps = int(state["steps"])
        for name, value in state["averages"].items():
            self._averages[name].copy_(value)
