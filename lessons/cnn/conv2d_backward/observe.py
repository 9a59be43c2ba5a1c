"""How a conv2d_backward is called, and what is seen of it."""

import torch


def observe(conv2d_backward, dy, x, w, call="by keyword", then=None, again=False, **options):
    """The three gradients, those of other calls, and what must hold of them whatever their values are.

    `then` are other options under which the same images have as many windows: nothing may be kept from the first call.
    `again` asks for other upstream gradients too.
    """
    random_state = torch.get_rng_state()

    def backward(upstream, **changed):
        settings = options | changed
        if call == "by position":
            return conv2d_backward(upstream, x, w, settings["stride"], settings["padding"], settings["dilation"])
        if call == "all by name":
            return conv2d_backward(dy=upstream, x=x, w=w, **settings)
        return conv2d_backward(upstream, x, w, **settings)

    result = backward(dy)
    yield "number of results", len(result) if isinstance(result, (tuple, list)) else 1
    yield from _named(result, "")
    if then is not None:
        yield from _named(backward(dy, **then), f" with {then} afterwards")
    if again:
        # What the gradient of a plain sum looks like: one number in memory, expanded to every place.
        level = backward(dy.new_ones(()).expand(dy.shape))
        yield from _named(level, " where dy is 1 everywhere")
        mixed = backward(2.0 - 3.0 * dy)
        for name, one, ones, both in zip("xwb", result, level, mixed, strict=True):
            yield f"invariant: the gradient of {name} is linear in dy", _alike(both, 2.0 * ones - 3.0 * one)
    if not dy.is_meta:
        dx, dw, db = result
        yield from _invariants(dx, dw, db, dy, x, w, options)
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())


def _named(result, when):
    for name, gradient in zip("xwb", result, strict=True):
        yield f"gradient of {name}{when}", gradient


def _invariants(dx, dw, db, dy, x, w, options):
    moved_x, moved_w, moved_b = _wave(x), _wave(w), _wave(db)
    pairs = {
        "x": (dy * _forward(moved_x, w, dy, **options), dx * moved_x),
        "w": (dy * _forward(x, moved_w, dy, **options), dw * moved_w),
        "b": (dy * moved_b[:, None, None], db * moved_b),
    }
    for name, (outside, inside) in pairs.items():
        yield (
            f"invariant: to first order, what a change of {name} does to y and what its gradient says agree",
            _alike(outside.sum(), inside.sum(), outside.abs().sum()),
        )
    rows = _reached(x.shape[2], w.shape[2], dy.shape[2], **options)
    columns = _reached(x.shape[3], w.shape[3], dy.shape[3], **options)
    alone = ~(rows[:, None] & columns)
    yield (
        "invariant: pixels that no window reaches have gradient 0",
        _alike(dx[:, :, alone], torch.zeros(()), dx.abs().max()),
    )


def _alike(one, other, size=None):
    """Whether two that should be equal are, up to the rounding of numbers of that size."""
    size = other.abs().max() if size is None else size
    return bool(((one - other).abs() <= size * torch.finfo(one.dtype).eps ** 0.5).all())


def _wave(like):
    return torch.sin(1.0 + 2.0 * torch.arange(like.numel(), dtype=like.dtype)).reshape(like.shape)


def _forward(x, w, dy, stride=1, padding=0, dilation=1):
    """y = conv2d(x, w), of dy's sizes."""
    xpad = torch.nn.functional.pad(x, (padding, padding, padding, padding))
    y = torch.zeros_like(dy)
    for u in range(w.shape[2]):
        for v in range(w.shape[3]):
            seen = xpad[:, :, u * dilation :: stride, v * dilation :: stride][:, :, : y.shape[2], : y.shape[3]]
            y += torch.einsum("oc,bchw->bohw", w[:, :, u, v], seen)
    return y


def _reached(size, kernel, steps, stride=1, padding=0, dilation=1):
    """Which of an axis' places some window sees."""
    seen = {i * stride + u * dilation - padding for i in range(steps) for u in range(kernel)}
    return torch.tensor([place in seen for place in range(size)])
