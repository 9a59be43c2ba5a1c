"""How a batchnorm_backward is called, and what is seen of it."""

import torch

AXES = (0, 2, 3)
STEP = 1e-4  # of a finite difference, in deviations of the channel


def observe(batchnorm_backward, dy, x, weight, call="by keyword", then=None, **options):
    """The three gradients, those of other calls, and what must hold of them whatever their values are.

    `then` are options of a second call with the same tensors: nothing may be kept from the first.
    """
    random_state = torch.get_rng_state()
    before = {"dy": dy.clone(), "weight": weight.clone(), "x": x.clone()}

    def backward(upstream, batch=x, **changed):
        settings = options | changed
        if call == "by position":
            return batchnorm_backward(upstream, batch, weight, *settings.values())
        if call == "all by name":
            return batchnorm_backward(dy=upstream, x=batch, weight=weight, **settings)
        return batchnorm_backward(upstream, batch, weight, **settings)

    result = backward(dy)
    yield "number of results", len(result) if isinstance(result, (tuple, list)) else 1
    yield from _named(result, "")
    if not dy.is_meta:  # told before anything else goes wrong because of it
        after = {"dy": dy, "weight": weight, "x": x}
        yield "inputs changed", [name for name in before if not torch.equal(before[name], after[name])]
    if then is not None:
        yield from _named(backward(dy, **then), f" with {then} afterwards")
    # What the gradient of a plain sum looks like: one number in memory, expanded to every place.
    level = dy.abs().amax().expand(dy.shape)
    of_level = backward(level)
    yield from _named(of_level, " where dy is the same everywhere")
    if not dy.is_meta:
        mixed = backward(2.0 * level - 3.0 * dy)
        yield from _invariants(backward, (result, of_level, mixed), (dy, x, weight), options.get("eps", 1e-5))
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())
    yield "autograd is left switched on", torch.is_grad_enabled()


def _named(result, when):
    for name, gradient in zip(("x", "weight", "bias"), result, strict=True):
        yield f"gradient of {name}{when}", gradient


def _invariants(backward, results, given, eps):
    """Departures are measured against what would be there if nothing cancelled: |weight| / s sum |dy|, and so on."""
    (dy, x, weight), result = given, results[0]
    close = torch.finfo(x.dtype).eps ** 0.5
    dy_64, centred, factor = (tensor.to(torch.float64) for tensor in (dy, x, weight))
    centred = centred - centred.mean(dim=AXES, keepdim=True)
    s = (centred.square().mean(dim=AXES) + eps).sqrt()
    xhat = centred / s[:, None, None]
    strength = 5.0 * dy[:, 0].numel() * dy_64.abs().amax()
    reach = 1.0 + xhat.abs().amax(dim=AXES)
    sizes = {"x": (strength * factor.abs() / s)[:, None, None], "weight": strength * reach, "bias": strength}
    for (name, size), one, level, mixed in zip(sizes.items(), *results, strict=True):
        yield f"invariant: the gradient of {name} is linear in dy", _alike(mixed, 2.0 * level - 3.0 * one, close * size)
    dx, dweight, dbias = (gradient.to(torch.float64) for gradient in result)
    size = dy_64.abs().sum(dim=AXES) * factor.abs() / s
    yield "invariant: the gradient of x adds up to 0 in every channel", _alike(dx.sum(dim=AXES), 0.0, close * size)
    along, said = (dx * xhat).sum(dim=AXES), factor * dweight * eps / s**3
    yield (
        "invariant: along xhat, only weight dweight eps / s^3 is left of the gradient of x",
        _alike(along, said, close * size * reach),
    )
    places = 1.0 + torch.arange(len(weight), dtype=x.dtype)[:, None, None] % 3
    shifted, _, _ = backward(dy, x + places)
    widened, _, _ = backward(dy, 2.0 * x, eps=4.0 * eps)
    yield "invariant: adding a number to a channel leaves dx as it is", _alike(shifted, dx, close * size[:, None, None])
    yield "invariant: 2 x and 4 eps give half of dx", _alike(2.0 * widened, dx, close * size[:, None, None])
    yield from _finite_differences((dx, dweight, dbias), dy_64, centred, factor, eps)


def _finite_differences(gradients, dy, x, weight, eps):
    """Whether the gradients tell what a small change of each input does to sum(dy y), up to the change's square."""
    bias = torch.zeros_like(weight)
    deviation = (x.square().mean(dim=AXES) + eps).sqrt()[:, None, None]
    moves = {"x": _wave(x) * deviation, "weight": _wave(weight), "bias": _wave(bias)}
    for gradient, (name, move) in zip(gradients, moves.items(), strict=True):
        ends = []
        for step in (STEP, -STEP):
            moved = {"x": x, "weight": weight, "bias": bias}
            moved[name] = moved[name] + step * move
            ends.append(dy * _forward(**moved, eps=eps))
        change = (ends[0] - ends[1]) / (2.0 * STEP)
        size = change.abs().sum() + (gradient * move).abs().sum()
        yield (
            f"invariant: to first order, what a change of {name} does to y and what its gradient says agree",
            _alike(change.sum(), (gradient * move).sum(), 1e-4 * size),
        )


def _forward(x, weight, bias, eps):
    centred = x - x.mean(dim=AXES, keepdim=True)
    s = (centred.square().mean(dim=AXES, keepdim=True) + eps).sqrt()
    return weight[:, None, None] * centred / s + bias[:, None, None]


def _alike(one, other, most):
    return bool(((one - other).abs() <= most).all())


def _wave(like):
    return torch.sin(1.0 + 2.0 * torch.arange(like.numel(), dtype=like.dtype)).reshape(like.shape)
