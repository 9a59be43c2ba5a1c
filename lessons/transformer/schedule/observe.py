"""How the rate and the loss are asked for, and what is seen of them."""

import torch
from torch import Tensor

from lessons.checking.observing import NO_NUMBERS, gradients_of


def observe(code, what, **given):
    """`what` names the function that a case looks at, or the side of it."""
    looks = {"rates": rates, "laws": laws_of_the_rate, "losses": losses}
    yield from looks[what](code, **given)


def rates(code, steps, d_model, warmup):
    for step in steps:
        yield f"rate of step {step}", code.noam(step, d_model, warmup)


def laws_of_the_rate(code, steps, d_model, warmup):
    """What holds whatever the numbers are."""
    some = {step: code.noam(step, d_model, warmup) for step in (*steps, warmup - 1, warmup, warmup + 1)}
    yield "invariant: no rate is above that of step warmup", max(some.values()) == some[warmup]
    yield "invariant: twice the step is twice the rate before it", float(code.noam(2, d_model, warmup) / some[1])
    late = 4 * warmup
    yield (
        "invariant: four times the step is half the rate after it",
        float(code.noam(late, d_model, warmup) / some[warmup]),
    )
    wide = code.noam(late, 4 * d_model, warmup)
    yield "invariant: a model four times as wide has half the rate", float(wide / code.noam(late, d_model, warmup))


def losses(code, logits, targets, smoothing, pad):
    if logits.is_meta:
        yield "loss", on_meta(code, logits, targets, smoothing, pad)
        return
    yield "loss", code.smoothed_cross_entropy(logits, targets, smoothing, pad)
    leaf = logits.detach().clone().requires_grad_()
    value = code.smoothed_cross_entropy(leaf, targets, smoothing, pad)
    if isinstance(value, Tensor):
        gradient = gradients_of(value, {"logits": leaf})["logits"]
        nothing = isinstance(gradient, str) and bool((targets == pad).all())
        yield "gradient of the logits", torch.zeros_like(logits) if nothing else gradient
    yield (
        "loss of other logits, with half the smoothing",
        code.smoothed_cross_entropy(1.0 - 0.5 * logits.flip(-1), targets, smoothing / 2, pad),
    )


def on_meta(code, logits, targets, smoothing, pad):
    """A scalar there, as is right, where a solution must read which targets are padding."""
    try:
        return code.smoothed_cross_entropy(logits, targets, smoothing, pad)
    except (NotImplementedError, RuntimeError) as error:
        if not any(words in str(error) for words in (*NO_NUMBERS, "no data", "data-dependent")):
            raise
        return logits.new_empty(())
