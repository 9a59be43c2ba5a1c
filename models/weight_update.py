"""From a loss to changed weights: backward, the optimiser's step, and the running mean of the weights."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from models.placement import Placement
from models.weight_average import WeightAverage

Clip = Callable[[Iterable[nn.Parameter]], object]  # makes gradients smaller, in place


class WeightUpdate:
    """One step of training after the loss; `average_decay` 0 keeps no mean, `clip` None clips nothing.

    float16 reaches down to 6e-8 only, so there the loss is multiplied before backward and the gradients are divided
    after it, by a factor that grows until something overflows. Micikevicius et al. 2018 (1710.03740), section 3.2.
    """

    def __init__(
        self,
        model: nn.Module,
        optimizer: Optimizer,
        precision: str,
        average_decay: float,
        placement: Placement,
        clip: Clip | None = None,
    ) -> None:
        self.model, self.optimizer, self.placement, self.clip = model, optimizer, placement, clip
        self.average = WeightAverage(model, average_decay) if average_decay else None
        scaled = precision == "float16" and torch.cuda.is_available()  # elsewhere such a net is only looked into
        self._scaler = torch.amp.GradScaler("cuda") if scaled else None

    def apply(self, loss: Tensor, rate: float) -> None:
        """Change every weight by one step at this rate, the same step in every process."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        if self._scaler is None:
            loss.backward()
            self._share()
            self._clipped()
            self.optimizer.step()
        else:
            self._scaler.scale(loss).backward()
            self._share()
            self._scaler.unscale_(self.optimizer)
            self._clipped()
            self._scaler.step(self.optimizer)
            self._scaler.update()
        if self.average is not None:
            self.average.update()

    def _clipped(self) -> None:
        if self.clip is not None:
            self.clip([parameter for parameter in self.model.parameters() if parameter.requires_grad])

    def _share(self) -> None:
        """Gradients of equal shares of a batch: their mean is the batch's. Running statistics become means as well.

        In training each process normalises by the statistics of its own share; a layer of the learner's own cannot be
        asked for more, and so two processes follow one only nearly where a net has batch normalisation.
        """
        self.placement.average_(p.grad for p in self.model.parameters() if p.grad is not None)
        self.placement.average_(self.model.buffers())

    def state(self) -> dict[str, Any]:
        """What it keeps from step to step; the optimiser's own state is saved beside it."""
        kept: dict[str, Any] = {}
        if self.average is not None:
            kept["average"] = self.average.state()
        if self._scaler is not None:
            kept["scaler"] = self._scaler.state_dict()
        return kept

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where `state` was taken."""
        if self.average is not None:
            self.average.restore(state["average"])
        if self._scaler is not None:
            self._scaler.load_state_dict(state["scaler"])
