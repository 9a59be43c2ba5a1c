"""How a conv2d is called, and what is seen of it."""

import torch

from lessons.checking.observing import gradients_of

LARGE, NEAR_ZERO = 1e12, 1e-9


def observe(
    conv2d, x, w, b=None, positional=False, b_by_name=False, then=None, life=False, laws=False, steps=False, **options
):
    """The output and the gradient of each tensor that went in.

    `then` are other options for the same tensors: what was kept from the first call may not decide the next. `life`
    adds what a layer meets beyond one call, `steps` what training does to it, `laws` what holds for every convolution.
    """
    given = (x, w) if b is None and not positional else (x, w, b)
    settings = (options["stride"], options["padding"], options["dilation"]) if positional else ()
    keywords = {} if positional else options

    def convolved(*tensors):
        return conv2d(*tensors, *settings, **keywords)

    if b_by_name:
        yield "output with b by name", conv2d(x, w, b=b, **keywords)
    yield "output", convolved(*given)
    if then is not None:
        yield f"output with {then} afterwards", conv2d(*given, **then)
    leaves = [tensor.detach().requires_grad_() for tensor in given if tensor is not None]
    y = convolved(*leaves, *given[len(leaves) :])
    yield "output depends on its inputs by a gradient", y.requires_grad
    if not y.requires_grad:
        return
    for name, gradient in gradients_of(y, dict(zip("xwb", leaves, strict=False))).items():
        yield f"gradient of {name}", gradient
    if life:
        yield from a_layers_life(convolved, given)
    if steps:
        yield from what_a_step_changes(convolved, given)
    if laws:
        yield from laws_of_convolution(convolved, given)


def a_layers_life(convolved, given):
    """A second call, calls under no_grad, images that need no gradient, kernels that are computed."""
    random_state = torch.get_rng_state()
    x, w = given[:2]
    first = convolved(*given)
    kept = first.clone()
    yield "output of a second call", convolved(1.0 - x, *given[1:])
    yield "the first result is left as it was by a second call", bool(torch.equal(first, kept))
    with torch.no_grad():
        yield "output under no_grad", convolved(*given)
        yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()
    kernel, image = w.detach().requires_grad_(), x.detach().requires_grad_()
    alone = convolved(x, kernel * 1.0, *given[2:])
    yield "gradient of w where x needs none", gradients_of(alone, {"w": kernel})["w"]
    alone = convolved(image * 1.0, w, *given[2:])
    yield "gradient of x where w needs none", gradients_of(alone, {"x": image})["x"]
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())


def what_a_step_changes(convolved, given):
    """Another call before the gradients of the first, numbers that change in place, as an optimiser does it, halves."""
    leaves = [tensor.detach().requires_grad_() for tensor in given if tensor is not None]
    rest = given[len(leaves) :]
    y = convolved(*leaves, *rest)
    convolved(*(1.0 - leaf for leaf in leaves), *rest)
    yield "gradient of x, w and b once another batch was seen", gradients_or_none(y, leaves)
    own = [tensor.clone() for tensor in given if tensor is not None]
    convolved(*own, *rest)
    for tensor in own:
        tensor.mul_(-0.5).add_(1.0)
    yield "output after x, w and b were changed in place", convolved(*own, *rest)
    for dtype in (torch.float16, torch.bfloat16):
        half = convolved(*(tensor.to(dtype) for tensor in own), *rest)
        yield f"dtype of the output of {str(dtype).removeprefix('torch.')} tensors", str(half.dtype)


def gradients_or_none(y, leaves):
    """All of them, as one row of numbers; "none" where autograd finds that what it needs was overwritten."""
    try:
        found = gradients_of(y, {str(number): leaf for number, leaf in enumerate(leaves)})
    except RuntimeError:
        return "none"
    given = [gradient for gradient in found.values() if isinstance(gradient, torch.Tensor)]
    return torch.cat([gradient.flatten() for gradient in given]) if len(given) == len(leaves) else "none"


def laws_of_convolution(convolved, given):
    """Departures from what holds for every cross-correlation, whatever its numbers are."""
    x, w, b = given
    other = x.flip(0, 3) - 0.5
    y = convolved(x, w, b)
    bare = y - b[:, None, None]
    both = convolved(2.0 * x - 3.0 * other, w, b) - b[:, None, None]
    sum_of_both = 2.0 * bare - 3.0 * (convolved(other, w, b) - b[:, None, None])
    yield "invariant: without its bias the layer is linear in x", small(both - sum_of_both)
    large = convolved(LARGE * x, w, b) / LARGE
    yield "invariant: images of large numbers give large numbers", small(large - bare)
    moved = convolved(x.roll(1, dims=3), w, b)
    yield (
        "invariant: an image moved by a column gives the result moved by a column",
        small(moved[..., 1:] - y[..., :-1]),
    )
    direction = x.flip(2) + 0.25
    leaf = x.detach().requires_grad_()
    slope = (torch.autograd.grad((convolved(leaf, w, b) * y).sum(), leaf)[0] * direction).sum()
    measured = ((convolved(x + direction, w, b) - y) * y).sum()
    yield "invariant: the gradient of x is the slope of the output", small((slope - measured) / measured.abs())


def small(departure):
    return bool((departure.abs() < NEAR_ZERO).all())
