"""The weights a run starts from, drawn the same way whoever wrote the layers."""

import math
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor, nn


@torch.no_grad()
def kaiming_init_(
    weight: Float[Tensor, "O C *kernel"],
    mode: Literal["fan_in", "fan_out"] = "fan_in",
    distribution: Literal["normal", "uniform"] = "normal",
) -> Float[Tensor, "O C *kernel"]:
    """Draw a weight in place so that a ReLU layer passes on the mean square of what it gets.

        std = sqrt(2 / fan),  fan_in = C kh kw,  fan_out = O kh kw
        normal: N(0, std^2)   uniform: U(-sqrt(3) std, sqrt(3) std)

    Shapes: weight (O, C) of a linear layer or (O, C, kh, kw) of a convolution; the same tensor is returned.
    Symbols: fan_in is the paper's n_l (eq. 10), fan_out its n-hat_l (eq. 14); 2 undoes what ReLU cuts off.
    He et al. 2015 (1502.01852), section 2.2, eq. 10 and 14.
    """
    std = math.sqrt(2.0 / fan(weight, mode))
    if distribution == "normal":
        return weight.normal_(0.0, std)
    if distribution == "uniform":
        bound = math.sqrt(3.0) * std  # U(-a, a) has the variance a^2 / 3
        return weight.uniform_(-bound, bound)
    raise ValueError(f"no distribution is called {distribution!r}: there are normal and uniform")


def fan(weight: Tensor, mode: str) -> int:
    """How many inputs one output sees (fan_in), or how many outputs one input reaches (fan_out) at stride 1."""
    if weight.dim() < 2:
        raise ValueError(f"a weight of shape {tuple(weight.shape)} has no fan: it needs outputs and inputs")
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"no mode is called {mode!r}: there are fan_in and fan_out")
    outputs, inputs, *kernel = weight.shape
    return (inputs if mode == "fan_in" else outputs) * math.prod(kernel)


@torch.no_grad()
def initialise(net: nn.Module, generator: torch.Generator) -> None:
    """Draw every matrix and kernel by He's rule, with normalisation weights 1 and biases 0.

        weight ~ N(0, 2 / fan_in),  fan_in = the number of inputs that one output sees

    Parameters are filled in the order of their names, so that a learner's layer and torch's start equal.
    He et al. 2015 (1502.01852), eq. 10.
    """
    for name, parameter in sorted(net.named_parameters()):
        if parameter.ndim >= 2:
            drawn = torch.randn(parameter.shape, generator=generator, dtype=torch.float32)
            parameter.copy_(drawn * math.sqrt(2.0 / fan(parameter, "fan_in")))
        else:
            parameter.fill_(1.0 if name.endswith("weight") else 0.0)
