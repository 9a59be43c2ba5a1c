"""The weights a run starts from, drawn the same way whoever wrote the layers."""

import math

import torch
from torch import nn


@torch.no_grad()
def initialise(net: nn.Module, generator: torch.Generator) -> None:
    """Draw every matrix and kernel by He's rule, with normalisation weights 1 and biases 0.

        weight ~ N(0, 2 / fan_in),  fan_in = the number of inputs that one output sees

    Parameters are filled in the order of their names, so that a learner's layer and torch's start equal.
    He et al. 2015 (1502.01852), eq. 10.
    """
    for name, parameter in sorted(net.named_parameters()):
        if parameter.ndim >= 2:
            fan_in = parameter[0].numel()
            drawn = torch.randn(parameter.shape, generator=generator, dtype=torch.float32)
            parameter.copy_(drawn * math.sqrt(2.0 / fan_in))
        else:
            parameter.fill_(1.0 if name.endswith("weight") else 0.0)
