"""How a LayerNorm is made, filled and used in training and in evaluation, and what is seen of it."""

import torch
from torch import Tensor

from lessons.checking.observing import gradients_of

PARAMETERS = ("weight", "bias")
NEAR_ZERO = 1e-7


def observe(
    LayerNorm,  # noqa: N803 - a class
    x,
    second=None,
    positional=False,
    options=None,
    gradients=True,
    laws=False,
    **state,
):
    """State, outputs and gradients in the order of a layer's life; or the laws alone."""
    if laws:
        yield from laws_of_normalisation(LayerNorm, x)
        return
    options = options or {}
    given = (tuple(options.values()), {}) if positional else ((), options)
    layer = LayerNorm(x.shape[-1], *given[0], **given[1]).to(x.device)
    LayerNorm(x.shape[-1], eps=0.5)  # what a class keeps for all its layers would now be this one's
    yield from new_layer(layer)
    set_state(layer, state)
    yield "output", layer(x)
    if x.is_meta:
        return
    yield from with_gradients(layer, second, gradients)
    layer.eval()
    yield "output in evaluation", layer(second)
    with torch.no_grad():
        given_again = x.clone()
        yield "output under no_grad", layer(given_again)
        yield "tokens left as they were", bool(torch.equal(given_again, x))
    yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()
    fresh = LayerNorm(x.shape[-1], *given[0], **given[1])
    fresh.load_state_dict(layer.state_dict(), strict=False)
    yield "output of a copy made by load_state_dict", fresh(second)


def new_layer(layer):
    """What the layer consists of before anything has been put through it."""
    yield "names in state_dict()", sorted(layer.state_dict())
    yield "names in named_parameters()", sorted(name for name, _ in layer.named_parameters())
    for name in PARAMETERS:
        yield f"{name} at the start", kept(layer, name)


def set_state(layer, state):
    """Put the given numbers into the layer, wherever it keeps something of that name."""
    for name, value in state.items():
        held = getattr(layer, name, None)
        if isinstance(held, Tensor) and held.numel() == value.numel():
            with torch.no_grad():
                held.copy_(value.reshape(held.shape))
        elif held is not None:
            setattr(layer, name, value.clone())


def with_gradients(layer, tokens, gradients):
    """The output on other tokens, and the gradients of tokens and parameters under unequal weights on the outputs."""
    leaf = tokens.detach().clone().requires_grad_()
    y = layer(leaf)
    yield "output of other tokens", y
    if not gradients:
        return
    named = {"x": leaf} | {name: getattr(layer, name, None) for name in PARAMETERS}
    for name, gradient in gradients_of(y, named).items():
        yield f"gradient of {name}", gradient


def laws_of_normalisation(LayerNorm, x):  # noqa: N803 - a class
    """Departures from what holds for all tokens, with an eps too small to be seen."""
    layer = LayerNorm(x.shape[-1], eps=1e-20)
    y = layer(x)
    yield "invariant: each token comes out with mean 0", small(y.mean(dim=-1))
    yield "invariant: each token comes out with mean square 1", small(y.square().mean(dim=-1) - 1.0)
    yield "invariant: x moved by a constant gives the same result", small(layer(x + 3.0) - y)
    yield "invariant: x stretched by 100 gives the same result", small(layer(100.0 * x) - y)
    others = x.clone()
    others[:, 1:] = 5.0 - 3.0 * others[:, 1:].flip(-1)
    yield "invariant: a token's result does not depend on the others", small((layer(others) - y)[:, 0])
    leaf = x.detach().requires_grad_()
    weights = torch.linspace(-1.0, 2.0, x.numel(), dtype=x.dtype).view(x.shape)
    slope = torch.autograd.grad((layer(leaf) * weights).sum(), leaf)[0]
    yield "invariant: the gradient of x has mean 0 in each token", small(slope.mean(dim=-1))
    yield "invariant: the gradient of x has no part along the result", small((slope * y).mean(dim=-1))


def small(departure):
    return bool((departure.abs() < NEAR_ZERO).all())


def kept(layer, name):
    """A copy, because a layer may go on changing its own."""
    value = getattr(layer, name, None)
    return value.detach().clone() if isinstance(value, Tensor) else f"a {type(value).__name__}, not a tensor"
