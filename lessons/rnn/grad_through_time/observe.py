"""Steps of several kinds through which a gradient is followed, and what is left behind in them."""

import torch
from torch import Tensor

from lessons.checking.observing import NO_NUMBERS


def steps(kind, weights):
    """A step function and the numbers in it that can be learned."""
    w, u, b = weights

    def tanh(x, h):
        return torch.tanh(x @ w.T + h @ u.T + b)

    def linear(x, h):
        return x @ w.T + h @ u.T + b

    def ignoring(x, _):
        return torch.tanh(x @ w.T + b)

    def forgetting(x, h):  # where the first input is negative, nothing of the old state is kept
        return torch.where(x[:, :1] < 0, x @ w.T, linear(x, h))

    def idling(x, h):  # the state itself comes back where there is nothing to read
        return h if bool((x == 0).all()) else tanh(x, h)

    def joint(x, state):  # an LSTM without input weights for its gates: h and c side by side
        h, c = state.chunk(2, dim=-1)
        a = torch.tanh(x @ w.T + h @ u.T + b)
        c = torch.sigmoid(a + 1.0) * c + torch.sigmoid(a - 1.0) * a
        return torch.cat([torch.sigmoid(2.0 * a) * torch.tanh(c), c], dim=-1)

    return {"tanh": tanh, "linear": linear, "ignoring": ignoring, "forgetting": forgetting, "idling": idling,
            "joint": joint}[kind]  # fmt: skip


def losses(kind, target):
    """Scalar losses of the last state; "dead" ones do not see the first sequence of the batch."""

    def squares(h):
        return (h - target).square().sum() * 0.5

    def mean(h):
        return (h - target).square().mean() * 3.0

    def dead(h):
        return (h[1:] * target[1:]).sum() + 0.0 * h.sum()

    return {"squares": squares, "mean": mean, "dead": dead}[kind]


def observe(grad_through_time, x, h0, w, u, b, target, kind, loss="squares", floor=None, frozen=False, grad=True):
    """Both results, and everything that has a .grad or a graph afterwards."""
    weights = [each.clone().requires_grad_(not frozen) for each in (w, u, b)]
    for number, each in enumerate(weights[:2]):
        each.grad = torch.full_like(each, float(number))
    step, of_last = steps(kind, weights), losses(loss, target)
    given = {} if floor is None else {"floor": floor}
    x, h0 = x.clone(), h0.clone()
    before = [each.clone() for each in (x, h0, *weights)]
    with torch.set_grad_enabled(grad):
        result = results(x, h0, lambda: grad_through_time(step, of_last, x, h0, **given))
        yield "gradients are recorded afterwards as before", torch.is_grad_enabled() == grad
        torch.set_grad_enabled(True)
    yield "number of results", len(result) if isinstance(result, tuple | list) else type(result).__name__
    if not isinstance(result, tuple | list) or len(result) != 2:
        return
    for name, value in zip(("relative", "log10"), result, strict=True):
        yield name, value
        yield f"whether a graph hangs on {name}", isinstance(value, Tensor) and value.requires_grad
    now = dict(zip(("x", "h0", "W", "U", "b"), (x, h0, *weights), strict=True))
    yield "list of tensors with a .grad afterwards", [name for name, each in now.items() if each.grad is not None]
    yield "invariant: the .grad of W and U is left alone", kept(weights)
    yield (
        "list of tensors that ask for gradients afterwards",
        [name for name, each in now.items() if each.requires_grad],
    )
    if not x.is_meta:
        changed = [name for (name, each), old in zip(now.items(), before, strict=True) if not torch.equal(each, old)]
        yield "list of tensors that were changed", changed


def results(x, h0, call):
    """What comes back; where there are no numbers and a right solution must read some, as a mask does, what should."""
    try:
        return call()
    except (NotImplementedError, RuntimeError) as error:
        if not x.is_meta or not any(words in str(error) for words in NO_NUMBERS):
            raise
        return tuple(h0.new_empty(x.shape[:2]) for _ in range(2))


def kept(weights):
    if weights[0].is_meta:
        return True
    return all(
        each.grad is not None and bool((each.grad == float(number)).all()) for number, each in enumerate(weights[:2])
    )
