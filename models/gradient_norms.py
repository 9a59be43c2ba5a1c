"""How strongly each layer is pulled: the norms of its weights' gradients."""

import torch
from torch import nn

NOTED = 60  # how often in a run: a picture has about as many columns


def is_noted(step: int, total_steps: int) -> bool:
    """Whether the norms of this step, counted from 1, are written down; those of the first always are."""
    return (step - 1) % max(1, total_steps // NOTED) == 0


@torch.no_grad()
def gradient_norms(model: nn.Module) -> dict[str, float]:
    """||dL/dW||_2 of every weight with two axes or more, in the order of the net's making.

    Biases and normalisation weights are left out: they belong to the layer beside them. A weight without a gradient
    has no entry.
    """
    weights = {
        name.removesuffix(".weight"): parameter.grad
        for name, parameter in model.named_parameters()
        if parameter.ndim >= 2 and parameter.grad is not None
    }
    norms = [gradient.float().norm() for gradient in weights.values()]
    values = torch.stack(norms).tolist() if norms else []  # one copy from the device, not one a layer
    return dict(zip(weights, values, strict=True))
