"""How attention is called, with masks of the kind that it declares, and what is seen of it."""

import torch

from lessons.checking.observing import declared_by, gradients_of, mask_that_is


def observe(attention, q, k, v, keep=None, laws=False):
    """Output and weights of two calls, what became of the mask, and gradients; or what holds for all numbers."""
    kind = declared_by(attention, "mask")
    mask = None if keep is None else mask_that_is(kind, keep, q.dtype)
    if laws:
        yield from laws_of_attention(attention, (q, k, v), mask, keep)
        return
    kept = None if mask is None else mask.clone()
    random_state = torch.get_rng_state()
    result = attention(q, k, v, mask)
    yield "number of results", len(result) if isinstance(result, tuple | list) else f"a {type(result).__name__}"
    output, weights = result
    yield "output", output
    yield "matrix of weights", weights
    yield "mask that the file declares", kind
    if q.is_meta:
        return
    again = attention(0.5 - q, k, v) if mask is None else attention(0.5 - q, k, v, mask=mask)
    yield "output for other queries", again[0]
    yield "mask left as it was", kept is None or mask is None or torch.equal(kept, mask)
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())
    leaves = {name: each.detach().clone().requires_grad_() for name, each in {"q": q, "k": k, "v": v}.items()}
    output, weights = attention(*leaves.values(), mask)
    if output.isfinite().all():  # what autograd makes of nan depends on who watches
        for name, gradient in gradients_of(output, leaves).items():
            yield f"gradient of {name}", gradient


def laws_of_attention(attention, given, mask, keep):
    """`keep` is (B, 1, 1, m) here: some keys are hidden from every query of a sentence."""
    q, k, v = given
    output, weights = attention(q, k, v, mask)
    yield "invariant: the weights of each query add up to 1", weights.sum(-1) - 1.0
    yield "invariant: no weight is negative", bool((weights >= 0).all())
    order = torch.arange(k.shape[-2] - 1, -1, -1)
    turned = attention(q, k[..., order, :], v[..., order, :], mask[..., order])[0]
    yield "invariant: in which order keys and values come does not matter", turned - output
    hidden = ~keep.mT.to(torch.bool)  # (B, 1, m, 1)
    elsewhere = attention(q, k + 3.0 * hidden, v - 2.0 * hidden, mask)[0]
    yield "invariant: keys and values that are hidden from all do not matter", elsewhere - output
    alike = attention(q, 0.0 * k, v)[0] - v.mean(-2, keepdim=True)
    yield "invariant: where all keys are alike the output is the mean of the values", alike
    alone = attention(q[:1, :, :1], k[:1], v[:1], mask[:1])[0]
    yield "invariant: each query of each sentence asks for itself", alone - output[:1, :, :1]
