"""How a weight is handed over, and what many of its numbers tell of how they were drawn.

Drawn numbers cannot be compared one by one. Each bound below is six standard errors or more of the statistic for the
number of values that its case draws, so that a right solution does not fail by chance.
"""

import math

import torch
from torch import nn

BEFORE = 3.0  # what stands in a weight that was not filled
SIGMAS = 6.0
DEPTH, WIDTH = 10, 160


def observe(kaiming_init_, weight_shape, options=None, positional=False, look="numbers", seed=0, dtype="float64"):
    """One weight is filled, and looked at in the way that the case asks for."""
    options = options or {}

    def fill(weight, **others):
        if positional:
            return kaiming_init_(weight, *options.values())
        return kaiming_init_(weight, **(others or options))

    recorded = torch.is_grad_enabled()
    torch.manual_seed(seed)
    looks = {"numbers": numbers, "tensor": tensor, "seeds": seeds, "views": views, "small": small, "net": net}
    try:
        yield from looks[look](fill, tuple(weight_shape), getattr(torch, dtype), seed)
    finally:  # what one case leaves behind is seen there, and must not reach the next
        torch.set_grad_enabled(recorded)


def numbers(fill, shape, dtype, _seed):
    """Spread, shape of the distribution, and independence."""
    weight = new(shape, dtype)
    yield "returned value", told(fill(weight), weight)
    yield "shape", str(tuple(weight.shape))
    yield "dtype", str(weight.dtype)
    yield from statistics(weight.detach().double().flatten())


def statistics(w):
    alike = bool((w == w[0]).all())
    yield "standard deviation of the numbers", 0.0 if alike else float(w.std())
    if alike:
        return
    z = (w - w.mean()) / w.std()
    size = z.abs()
    for share in (50, 99):
        border = size.kthvalue(len(w) * share // 100).values
        yield f"border (in standard deviations) within which {share} of 100 numbers lie", float(border)
    yield "numbers beyond 3.1 standard deviations", "some" if bool(size.max() > 3.1) else "none"
    root = math.sqrt(len(w))
    yield "invariant: the mean is 0", bool(w.mean().abs() * root < SIGMAS * w.std())
    yield "invariant: as far above 0 as below", bool((z**3).mean().abs() * root < SIGMAS * math.sqrt(15))
    yield "invariant: neighbours have nothing in common", bool((z[1:] * z[:-1]).mean().abs() * root < SIGMAS)
    some = size[:: len(w) // 4000]
    yield "invariant: every number is drawn anew", len(some.unique()) > 0.98 * len(some)


def tensor(fill, shape, dtype, _seed):
    """The weight as an object: leaf, requires_grad, memory, and what a backward pass finds afterwards."""
    for kind, weight in (("parameter", new(shape, dtype)), ("plain tensor", torch.full(shape, BEFORE, dtype=dtype))):
        wanted, alias = weight.requires_grad, weight.detach()
        yield f"returned value for a {kind}", told(fill(weight), weight)
        yield f"numbers of a {kind} all replaced", bool((weight.detach() != BEFORE).all())
        yield f"memory of the {kind} still its own", bool(torch.equal(alias, weight.detach()))
        yield f"dtype of the {kind}", str(weight.dtype)
        yield f"requires_grad of the {kind} kept", weight.requires_grad == wanted
        yield (
            f"{kind} is a leaf without graph and gradient",
            [weight.is_leaf, weight.grad_fn is None, weight.grad is None],
        )
        yield f"gradients are recorded after the {kind}", torch.is_grad_enabled()
    with torch.no_grad():
        fill(new(shape, dtype))
        yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()
    for name in ("nan", "inf"):
        weight = torch.full(shape, float(name), dtype=dtype)
        fill(weight)
        yield f"finite numbers in a weight that was full of {name}", bool(weight.isfinite().all())
    weight = new(shape, dtype)
    fill(weight)
    (2.0 * weight).sum().backward()
    yield "gradient of a sum of 2 w", weight.grad


def seeds(fill, shape, dtype, seed):
    """Whose random numbers these are, and whether one call leaves something for the next."""
    state = torch.get_rng_state()
    first = filled(fill, shape, dtype)
    yield "invariant: torch's global generator moves on", not torch.equal(state, torch.get_rng_state())
    yield "invariant: a second call draws other numbers", not torch.equal(first, filled(fill, shape, dtype))
    torch.manual_seed(seed)
    yield "invariant: the same seed draws the same numbers", torch.equal(first, filled(fill, shape, dtype))
    torch.manual_seed(seed + 1)
    yield "invariant: another seed draws other numbers", not torch.equal(first, filled(fill, shape, dtype))
    torch.manual_seed(seed)
    torch.rand(3)
    moved = not torch.equal(first, filled(fill, shape, dtype))
    yield "invariant: what others drew from the generator before moves these numbers too", moved
    for mode, distribution in (("fan_out", "uniform"), ("fan_in", "normal")):
        weight = new(shape, dtype)
        fill(weight, mode=mode, distribution=distribution)
        yield f"standard deviation with {mode} and {distribution} after other calls", float(weight.detach().std())


def views(fill, shape, dtype, _seed):
    """A weight that is every second column of a larger tensor, with its first two axes exchanged in memory."""
    outputs, inputs, *kernel = shape
    whole = torch.full((inputs, 2 * outputs, *kernel), BEFORE, dtype=dtype)
    weight = whole[:, ::2].transpose(0, 1)
    yield "returned value for a view", told(fill(weight), weight)
    yield "numbers of the view all replaced", bool((whole[:, ::2] != BEFORE).all())
    yield "numbers beside the view left alone", bool((whole[:, 1::2] == BEFORE).all())
    yield "standard deviation of the view", float(weight.std())


def small(fill, shape, dtype, _seed):
    """Few numbers: their own spread must vary from draw to draw, and on the average be right."""
    drawn = torch.stack([filled(fill, shape, dtype) for _ in range(400)])
    spreads = drawn.flatten(1).std(dim=1)
    yield "invariant: the spread of few numbers varies from draw to draw", bool(spreads.std() > 0.01 * spreads.mean())
    means = drawn.flatten(1).mean(dim=1)
    yield "invariant: their mean varies too", bool(means.std() > 0.01 * spreads.mean())


def net(fill, _shape, dtype, seed):
    """The mean square of what passes through ReLU layers of one width.

    Its logarithm wanders with variance 5 / WIDTH a layer, 0.81 in powers of two over ten layers: six are below 5.
    """
    x = torch.randn(32, WIDTH, generator=torch.Generator().manual_seed(seed), dtype=dtype)
    h = x
    for _ in range(DEPTH):
        h = torch.relu(h @ filled(fill, (WIDTH, WIDTH), dtype).T)
    powers = (h.square().mean() / x.square().mean()).log2().abs()
    yield f"invariant: {DEPTH} ReLU layers keep the mean square within a factor of 32", bool(powers < 5.0)


def told(returned, weight):
    return "the weight itself" if returned is weight else f"a {type(returned).__name__} that is not the weight itself"


def new(shape, dtype):
    return nn.Parameter(torch.full(shape, BEFORE, dtype=dtype))


def filled(fill, shape, dtype):
    weight = new(shape, dtype)
    fill(weight)
    return weight.detach().clone()
