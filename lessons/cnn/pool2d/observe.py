"""How the four poolings are called, and what is seen of them."""

from functools import partial

import torch

from lessons.checking.observing import one_image_more, or_itself


def observe(
    code, x, dy, kernel_size, stride, padding=None, positional=False, laws=False, default_dtype=None, others=False
):
    """Results on these images; with `others` also on more images, which what one call remembers cannot serve."""
    call = calling(code, tuple(kernel_size), stride, padding, positional)
    if x.is_meta:
        yield from devices(call, x, dy)
        return
    if default_dtype is not None:
        yield from under_another_default(call, x, dy, getattr(torch, default_dtype))
        return
    if laws:
        yield from laws_of_the_maximum(call, x, dy)
        yield from laws_of_the_average(call, x, dy)
        yield from laws_of_both(call, x, dy, stride)
        return
    random_state, with_gradients = torch.get_rng_state(), torch.is_grad_enabled()
    for kind in ("max", "avg"):
        yield f"result of {kind}_pool2d", call(f"{kind}_pool2d", x)
        if others:
            yield f"result of {kind}_pool2d on other images", call(f"{kind}_pool2d", one_image_more(1.0 - 0.5 * x))
        yield f"result of {kind}_pool2d_backward", call(f"{kind}_pool2d_backward", dy, x)
    if others:
        given = one_image_more(0.25 - dy), one_image_more(1.0 - 0.5 * x)
        yield "result of max_pool2d_backward on other images", call("max_pool2d_backward", *given)
        yield "result of avg_pool2d_backward on other images", call("avg_pool2d_backward", *given)
        # What the gradient of a plain sum looks like: one number seen everywhere, which nobody may write into.
        ones = dy.new_ones(()).expand(dy.shape)
        yield "result of max_pool2d_backward where dy is 1 everywhere", call("max_pool2d_backward", ones, x)
        yield "result of avg_pool2d_backward where dy is 1 everywhere", call("avg_pool2d_backward", ones, x)
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())
    yield "gradients are still switched on", torch.is_grad_enabled() == with_gradients


def calling(code, kernel_size, stride, padding, positional):
    """A function that calls one of the four by its name; without `padding` their own default holds."""
    options = {"kernel_size": kernel_size, "stride": stride} | ({} if padding is None else {"padding": padding})

    def call(name, *tensors):
        function = getattr(code, name)
        return function(*tensors, *options.values()) if positional else function(*tensors, **options)

    return call


def devices(call, x, dy):
    """On a device without numbers: where each result lies. Whoever must read a number cannot be asked."""
    for name, given in (("max_pool2d", (x,)), ("max_pool2d_backward", (dy, x)),
                        ("avg_pool2d", (x,)), ("avg_pool2d_backward", (dy, x))):  # fmt: skip
        result = or_itself(x, partial(call, name, *given))
        yield f"device of the result of {name}", str(getattr(result, "device", "none"))


def under_another_default(call, x, dy, dtype):
    """A result's dtype is that of x, whatever torch would choose by itself."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield "result of max_pool2d", call("max_pool2d", x)
        yield "result of max_pool2d_backward", call("max_pool2d_backward", dy, x)
        yield "result of avg_pool2d", call("avg_pool2d", x)
        yield "result of avg_pool2d_backward", call("avg_pool2d_backward", dy, x)
    finally:
        torch.set_default_dtype(before)


def laws_of_the_maximum(call, x, dy):
    """x holds no two numbers that are nearer than 0.1, so small steps change no maximum's place."""
    y, dx = call("max_pool2d", x), call("max_pool2d_backward", dy, x)
    yield "invariant: max_pool2d of x + c is that of x, plus c", call("max_pool2d", x - 7.5) - (y - 7.5)
    yield "invariant: max_pool2d of 3 x is three times that of x", call("max_pool2d", 3.0 * x) - 3.0 * y
    yield "invariant: sum of dy y is sum of dx x, for the maximum", (dy * y).sum() - (dx * x).sum()
    step = 0.03 * torch.cos(torch.arange(x.numel(), dtype=x.dtype)).reshape(x.shape)
    slope = (call("max_pool2d", x + step) - call("max_pool2d", x - step)) / 2.0
    yield "invariant: max_pool2d_backward gives the slope of max_pool2d", (dy * slope).sum() - (dx * step).sum()
    yield "invariant: max_pool2d_backward of x + c is that of x", call("max_pool2d_backward", dy, x - 7.5) - dx


def laws_of_the_average(call, x, dy):
    """The mean is linear, and its backward function is its transpose."""
    y, dx = call("avg_pool2d", x), call("avg_pool2d_backward", dy, x)
    other = torch.cos(torch.arange(x.numel(), dtype=x.dtype)).reshape(x.shape)
    theirs = call("avg_pool2d", other)
    yield (
        "invariant: avg_pool2d of a x + b z is a times and b times theirs",
        (call("avg_pool2d", 2.0 * x - 3.0 * other) - (2.0 * y - 3.0 * theirs)),
    )
    yield "invariant: avg_pool2d of a constant is that constant", call("avg_pool2d", 0.0 * x + 2.5) - 2.5
    yield "invariant: sum of dy avg_pool2d(z) is sum of dx z, for every z", (dy * theirs).sum() - (dx * other).sum()
    yield (
        "invariant: avg_pool2d_backward does not depend on the numbers of x",
        (call("avg_pool2d_backward", dy, other) - dx),
    )


def laws_of_both(call, x, dy, stride):
    """What holds for either: no gradient is made or lost, channels keep apart, windows move with the image."""
    for kind in ("max", "avg"):
        pool, backward = f"{kind}_pool2d", f"{kind}_pool2d_backward"
        y, dx = call(pool, x), call(backward, dy, x)
        yield f"invariant: {backward} hands on all of dy in every channel", dx.sum(dim=(2, 3)) - dy.sum(dim=(2, 3))
        yield (
            f"invariant: {backward} is linear in dy",
            call(backward, 1.5 - 2.0 * dy, x) - (1.5 * call(backward, torch.ones_like(dy), x) - 2.0 * dx),
        )
        yield f"invariant: {pool} keeps channels and images apart", call(pool, x[-1:, 1:]) - y[-1:, 1:]
        yield (
            f"invariant: {backward} keeps channels and images apart",
            (call(backward, dy[-1:, 1:], x[-1:, 1:]) - dx[-1:, 1:]),
        )
        moved = call(pool, x[:, :, stride:, 2 * stride :])
        # The first window of the moved image sees the edge, so it is left out.
        yield f"invariant: {pool} moves with the image", moved[:, :, 1:, 1:] - y[:, :, 2:, 3:]
