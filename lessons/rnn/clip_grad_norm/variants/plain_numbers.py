"""A running sum of squares as a Python float, and a float returned."""

import math


def clip_grad_norm(parameters, max_norm):
    parameters = list(parameters)
    squares = 0.0
    for parameter in parameters:
        if parameter.grad is None:
            continue
        squares += parameter.grad.detach().double().pow(2).sum().item()
    norm = math.sqrt(squares)
    factor = min(1.0, max_norm / (norm + 1e-6))
    if factor < 1.0:
        for parameter in parameters:
            if parameter.grad is not None:
                parameter.grad.data.copy_(parameter.grad * factor)
    return norm
