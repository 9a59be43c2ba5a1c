"""How a BatchNorm2d is used over two training batches and an evaluation, and what is seen of it."""

import torch
from torch import Tensor

from lessons.checking.observing import gradients_of

PARAMETERS, BUFFERS = ("weight", "bias"), ("running_mean", "running_var")


NEAR_ZERO = 1e-7


def observe(
    BatchNorm2d,  # noqa: N803 - a class
    x,
    second,
    shifted,
    positional=False,
    options=None,
    gradients=True,
    laws=False,
    **state,
):
    """State, outputs, gradients and running statistics, in the order of a layer's life; or the laws alone."""
    if laws:
        yield from laws_of_normalisation(BatchNorm2d, x)
        return
    options = options or {}
    given = (tuple(options.values()), {}) if positional else ((), options)
    layer = BatchNorm2d(x.shape[1], *given[0], **given[1]).to(x.device)
    # Made second, with other settings: what a class keeps for all its layers would now be the bystander's.
    bystander = BatchNorm2d(x.shape[1], eps=0.5, momentum=0.875).to(x.device)
    yield from new_layer(layer)
    set_state(layer, state)

    yield "training output", layer(x)
    yield from running(layer, "after the first batch")
    yield from with_gradients(layer, second, "training", gradients)
    yield from running(layer, "after the second batch")

    layer.eval()
    yield from with_gradients(layer, shifted, "evaluation", gradients)
    yield from running(layer, "after evaluation")
    layer.train()
    with torch.no_grad():
        yield "training output under no_grad", layer(x)
        yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()
    yield from running(layer, "after training under no_grad")
    yield "evaluation output after more training", layer.eval()(shifted)
    with torch.no_grad():
        given_again = shifted.clone()
        yield "evaluation output under no_grad", layer(given_again)
        if not shifted.is_meta:
            yield "images left as they were", bool(torch.equal(given_again, shifted))
    yield from running(layer, "after evaluation under no_grad")
    yield "in training mode after evaluation", layer.training

    fresh = BatchNorm2d(x.shape[1], *given[0], **given[1]).to(x.device)
    yield "evaluation output of a new layer", fresh.eval()(shifted)
    fresh.load_state_dict(layer.state_dict(), strict=False)
    yield "evaluation output of a copy made by load_state_dict", fresh.eval()(shifted)
    yield from running(bystander, "of another layer")


def laws_of_normalisation(BatchNorm2d, x):  # noqa: N803 - a class
    """Departures from what holds for every batch in training, with an eps too small to be seen."""
    layer = BatchNorm2d(x.shape[1], eps=1e-20)
    y = layer(x)
    yield "invariant: each channel comes out with mean 0", small(y.mean(dim=(0, 2, 3)))
    yield "invariant: each channel comes out with mean square 1", small(y.square().mean(dim=(0, 2, 3)) - 1.0)
    yield "invariant: x moved by a constant gives the same result", small(layer(x + 3.0) - y)
    yield "invariant: x stretched by 100 gives the same result", small(layer(100.0 * x) - y)
    yield "invariant: x turned to -x gives minus the result", small(layer(-x) + y)
    leaf = x.detach().requires_grad_()
    weights = torch.linspace(-1.0, 2.0, x.numel(), dtype=x.dtype).view(x.shape)
    slope = torch.autograd.grad((layer(leaf) * weights).sum(), leaf)[0]
    yield "invariant: the gradient of x has mean 0 in each channel", small(slope.mean(dim=(0, 2, 3)))
    yield "invariant: the gradient of x has no part along the result", small((slope * y).mean(dim=(0, 2, 3)))
    direction, step = x.flip(0, 3), 1e-4
    with torch.no_grad():
        measured = ((layer(x + step * direction) - layer(x - step * direction)) * weights).sum() / (2 * step)
    departure = (slope * direction).sum() - measured
    yield "invariant: the gradient of x is the slope of the output", bool(departure.abs() < 1e-4 * (1 + measured.abs()))


def small(departure):
    return bool((departure.abs() < NEAR_ZERO).all())


def new_layer(layer):
    """What the layer consists of before anything has been put through it."""
    yield "names in state_dict()", sorted(name for name in layer.state_dict() if name != "num_batches_tracked")
    yield "names in named_buffers()", sorted(name for name, _ in layer.named_buffers() if name != "num_batches_tracked")
    yield "names in named_parameters()", sorted(name for name, _ in layer.named_parameters())
    for name in (*PARAMETERS, *BUFFERS):
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


def with_gradients(layer, batch, mode, gradients):
    """The output on a batch, and the gradients of batch and parameters under unequal weights on the outputs."""
    leaf = batch.detach().requires_grad_()
    y = layer(leaf)
    yield f"{mode} output of a new batch", y
    if y.is_meta or not gradients:  # without numbers there are none to see, and they are slow
        return
    named = {"x": leaf} | {name: getattr(layer, name, None) for name in PARAMETERS}
    for name, gradient in gradients_of(y, named).items():
        yield f"gradient of {name} in {mode}", gradient


def running(layer, when):
    """The running statistics as they are now, and whether they drag a graph behind them."""
    for name in BUFFERS:
        yield f"{name} {when}", kept(layer, name)
        yield f"{name} {when} wants a gradient", bool(getattr(getattr(layer, name, None), "requires_grad", False))


def kept(layer, name):
    """A copy, because a layer may go on changing its own."""
    value = getattr(layer, name, None)
    return value.detach().clone() if isinstance(value, Tensor) else f"a {type(value).__name__}, not a tensor"
