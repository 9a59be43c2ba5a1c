"""How recurrent nets are trained: Adam, and the learner's clipping between backward and the step."""

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

import torch
from torch import nn

from models.placement import Placement
from models.tasks.given_by_parts import EVERY, clipped_by
from models.weight_update import WeightUpdate


def adam(model: nn.Module, settings: Mapping[str, Any]) -> torch.optim.Optimizer:
    """AdamW whose decay leaves biases alone. Kingma and Ba 2015 (1412.6980); Loshchilov and Hutter (1711.05101)."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    groups = [
        {"params": [each for each in parameters if each.ndim >= 2], "weight_decay": settings["weight_decay"]},
        {"params": [each for each in parameters if each.ndim < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW([group for group in groups if group["params"]], lr=settings["peak_lr"])


def clipped_update(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    settings: Mapping[str, Any],
    precision: str,
    placement: Placement,
    clip_grad_norm: Callable[..., Any],
) -> WeightUpdate:
    """Updates whose gradients the learner's clip_grad_norm has brought down to `clip`; 0 leaves them as they come."""
    limit = settings["clip"]
    calls = count()

    def clip(parameters: Iterable[nn.Parameter]) -> None:
        clipped_by(clip_grad_norm, list(parameters), limit, next(calls) % EVERY == 0)

    return WeightUpdate(model, optimizer, precision, 0.0, placement, clip if limit else None)
