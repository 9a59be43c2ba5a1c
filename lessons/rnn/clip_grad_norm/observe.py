"""How clip_grad_norm is called, and what is seen of the gradients afterwards."""

import torch
from torch import nn

WAYS = {"list": list, "tuple": tuple, "generator": iter}


def observe(clip_grad_norm, max_norm, without=(), way="generator", by_name=False, laws=False, **gradients):
    """Parameters with these gradients, and at the places of `without` parameters that have none."""

    elsewhere = []  # the same memory, as the buffers of several processes have it

    def clipped(factor=1.0, limit=max_norm):
        held = [factor * gradient for gradient in gradients.values()]
        parameters = [parameter_of(gradient) for gradient in held]
        for place in without:
            parameters.insert(place, nn.Parameter(torch.ones(2, 3)))
        elsewhere[:] = [gradient.detach() for gradient in held]
        given = WAYS[way](parameters)
        norm = clip_grad_norm(parameters=given, max_norm=limit) if by_name else clip_grad_norm(given, limit)
        return norm, held, parameters

    random_state = torch.get_rng_state()
    norm, held, parameters = clipped()
    yield "norm is one number", isinstance(norm, float) or (isinstance(norm, torch.Tensor) and norm.dim() == 0)
    yield "norm before clipping", float(norm)
    yield "gradients that are None", [number for number, each in enumerate(parameters) if each.grad is None]
    with_gradient = [each for number, each in enumerate(parameters) if number not in without]
    for number, parameter in enumerate(with_gradient):
        yield f"gradient of parameter {number} after clipping", parameter.grad
    same = [one.grad is other for one, other in zip(with_gradient, held, strict=True)]
    yield "every .grad is the tensor that it was before", all(same)
    shared = [
        one.grad is not None and torch.equal(one.grad, other)
        for one, other in zip(with_gradient, elsewhere, strict=True)
    ]
    yield "every gradient lies where it lay before", all(shared)
    yield "parameters left as they were", all(bool((each == 1).all()) for each in parameters)
    yield "parameters that are trained", sum(each.requires_grad for each in parameters)
    yield "norm of the same again", float(clipped()[0])
    if laws:
        yield from laws_of_clipping(clip_grad_norm, clipped, norm, with_gradient, max_norm)
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())
    yield "autograd is left switched on", torch.is_grad_enabled()


def parameter_of(gradient):
    parameter = nn.Parameter(torch.ones_like(gradient))
    parameter.grad = gradient
    return parameter


def laws_of_clipping(clip_grad_norm, clipped, norm, parameters, max_norm):
    gradients = [parameter.grad for parameter in parameters]
    after = float(sum(gradient.double().square().sum() for gradient in gradients)) ** 0.5
    yield (
        "invariant: afterwards the norm is max_norm, or what it was where that is less",
        close(after, min(float(norm), max_norm)),
    )
    kept = [gradient.clone() for gradient in gradients]
    yield "norm of what was clipped already", float(clip_grad_norm(iter(parameters), max_norm))
    yield "invariant: what was clipped already stays", all(map(close, gradients, kept))
    larger, grown, _ = clipped(8.0, 8.0 * max_norm)
    yield "invariant: gradients and max_norm times 8 give a norm times 8", close(float(larger), 8.0 * float(norm))
    yield (
        "invariant: gradients and max_norm times 8 give gradients times 8",
        all(close(one, 8.0 * other) for one, other in zip(grown, kept, strict=True)),
    )


def close(one, other):
    return bool(torch.allclose(torch.as_tensor(one), torch.as_tensor(other), rtol=1e-4, atol=1e-7))
