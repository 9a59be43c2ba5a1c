"""What the steps of every task have in common: a rate by the schedule, an update, and what is agreed on."""

from collections.abc import Mapping
from typing import Any

from torch import Tensor, nn
from torch.optim import Optimizer

from models.placement import Placement
from models.schedules import SCHEDULES
from models.weight_update import WeightUpdate


class RecipeSteps:
    """Steps by a preset's settings; a task sets these fields and adds its data and its loss."""

    settings: Mapping[str, Any]
    placement: Placement
    model: nn.Module
    optimizer: Optimizer
    updating: WeightUpdate
    total_steps: int

    def agreed(self, values: Mapping[str, float]) -> dict[str, float]:
        """The means of these values over all processes."""
        return self.placement.mean(values)

    def check_before_training(self) -> dict[str, float]:
        """Nothing is asked of the whole net, unless a task says so."""
        return {}

    def learning_rate(self, step: int) -> float:
        """The rate of the step after `step` finished ones."""
        schedule = SCHEDULES[self.settings["schedule"]]
        return schedule(step, self.total_steps, self.settings["peak_lr"], self.settings["warmup"])

    def update(self, loss: Tensor, rate: float) -> None:
        """Change the weights by one step down this loss."""
        self.updating.apply(loss, rate)
