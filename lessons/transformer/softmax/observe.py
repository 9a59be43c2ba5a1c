"""How softmax and cross_entropy are called, and what is seen of them."""

import torch
from torch import Tensor

from lessons.checking.observing import NO_NUMBERS, gradients_of


def observe(code, what, **given):
    """`what` names the function that a case looks at."""
    random_state = torch.get_rng_state()
    yield from {"softmax": probabilities, "cross_entropy": loss}[what](code, **given)
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())


def probabilities(code, x, dims):
    """Along every axis that is asked for: the values, what they add up to, and the gradient."""
    for dim in dims:
        p = code.softmax(x, dim)
        yield f"softmax over axis {dim}", p
        if x.is_meta:
            continue
        yield f"invariant: over axis {dim} they add up to 1", p.sum(dim) - 1.0
        again = code.softmax(x + 0.75, dim=dim)
        yield f"invariant: over axis {dim} a number added to all scores changes nothing", again - p
        if not p.isfinite().all():
            continue  # what autograd makes of nan depends on who watches
        leaf = x.detach().clone().requires_grad_()
        yield f"gradient of x over axis {dim}", gradients_of(code.softmax(leaf, dim), {"x": leaf})["x"]


def loss(code, logits, targets, pad):
    """The value, that padding has no part in it, and the gradient."""
    if logits.is_meta:
        yield "loss", on_meta(code, logits, targets, pad)
        return
    value = code.cross_entropy(logits, targets, pad)
    yield "loss", value
    elsewhere = logits + (targets == pad)[..., None] * torch.linspace(-1.0, 2.0, logits.shape[-1], dtype=logits.dtype)
    yield (
        "invariant: what is predicted where the padding stands does not matter",
        code.cross_entropy(elsewhere, targets, pad) - value,
    )
    longer = torch.cat([logits, 0.5 - logits[..., :1, :]], dim=-2)
    filled_up = torch.cat([targets, torch.full_like(targets[..., :1], pad)], dim=-1)
    yield "invariant: one place more of padding changes nothing", code.cross_entropy(longer, filled_up, pad) - value
    leaf = logits.detach().clone().requires_grad_()
    again = code.cross_entropy(leaf, targets, pad=pad)
    if isinstance(again, Tensor):
        yield "gradient of the logits", gradients_of(again, {"logits": leaf})["logits"]


def on_meta(code, logits, targets, pad):
    """A scalar there, as is right, where the solution must read which targets are padding."""
    try:
        return code.cross_entropy(logits, targets, pad)
    except (NotImplementedError, RuntimeError) as error:
        if not any(words in str(error) for words in (*NO_NUMBERS, "copy out of meta")):
            raise
        return logits.new_empty(())
