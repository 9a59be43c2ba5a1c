"""How an EncoderLayer is built and called, in training and in evaluation, and what is seen of it."""

import torch
from torch import nn

from lessons.checking.observing import (
    MarkedAttention,
    MarkedFeedForward,
    MarkedLayerNorm,
    PlainAttention,
    PlainFeedForward,
    as_declared,
    gradients_of,
    set_state,
    state_of,
)

RATE = 0.25


def observe(
    EncoderLayer,  # noqa: N803 - a class
    x,
    mask=None,
    num_heads=1,
    d_ff=1,
    seed=0,
    marked=False,
    laws=False,
    dropped=False,
    heads=None,
    attention=None,
    feed_forward=PlainFeedForward,
    norm=None,
):
    """State, outputs and gradients; or what holds for every layer; or where numbers are dropped."""
    torch.manual_seed(seed)
    if dropped:
        yield from what_is_dropped(EncoderLayer, x)
        return
    made = (lambda d_model, num_heads: heads(d_model, num_heads, attention)) if heads else PlainAttention
    parts = (MarkedAttention, MarkedFeedForward, MarkedLayerNorm) if marked else (made, feed_forward, norm)

    def layer_with(rate):
        with torch.device(x.device):
            given = parts if parts[2] else parts[:2]
            layer = EncoderLayer(x.shape[2], num_heads, d_ff, rate, *given)
        set_state(layer, seed)
        return layer

    if laws:
        yield from laws_of_a_layer(layer_with(RATE).eval(), x, mask, as_declared(mask, attention))
        return
    layer = layer_with(0.0)
    yield from state_of(layer)
    yield from in_training(layer, x, mask)
    if not x.is_meta:  # calls without numbers are slow
        layer = layer_with(1.0)
        yield "training output where dropout takes everything", layer(x, mask)
        yield from in_evaluation(layer.eval(), x, mask)


def in_training(layer, x, mask):
    """With nothing dropped: a call with the mask, one without it on another batch, and gradients."""
    y = layer(x, mask)
    yield "training output", y
    if x.is_meta:
        return
    yield "training output of another batch, without a mask", layer(0.5 - torch.cat([x, x[:1]])[:, :2])
    leaf = x.detach().requires_grad_()
    named = {"x": leaf, **dict(sorted(layer.named_parameters()))}
    for name, gradient in gradients_of(layer(leaf, mask), named).items():
        yield f"gradient of {name}", gradient


def in_evaluation(layer, x, mask):
    random_state = torch.get_rng_state()
    with torch.no_grad():
        yield "evaluation output", layer(x, mask)
        yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()
    yield "random numbers were drawn in evaluation", not torch.equal(random_state, torch.get_rng_state())
    yield "parts left in training mode", sorted(name for name, part in layer.named_modules() if part.training)


def laws_of_a_layer(layer, x, keep, mask):
    """What holds whatever the parts are. `keep` says what may be seen, `mask` tells the attention so."""
    y = layer(x)
    yield "invariant: each sentence goes its own way", layer(x[:1]) - y[:1]
    yield "invariant: tokens in another order come out in that order", layer(x.flip(1)) - y.flip(1)
    seen = keep[:, 0, 0, :, None]
    y = layer(x, mask)
    other = torch.where(seen, x, 3.0 - x.roll(1, 2))
    yield "invariant: tokens that the mask hides change nothing for the others", (layer(other, mask) - y) * seen
    leaf = x.detach().requires_grad_()
    gradient = torch.autograd.grad((layer(leaf, mask) * seen).square().sum(), leaf)[0]
    yield "invariant: no gradient goes to what the mask hides", gradient * ~seen


class GivesOnes(nn.Module):
    """In the attention's place: it gives 1, or 3 where a number of the query was lost."""

    def __init__(self, *_sizes, **_named):
        super().__init__()

    def forward(self, query, *_keys_and_values, **_named):
        return torch.where(query == 0.0, 3.0, 1.0).to(query), None


class GivesHundreds(nn.Module):
    """In the feed-forward's place: it gives 100, or 300 where a number of x was lost."""

    def __init__(self, *_sizes, **_named):
        super().__init__()

    def forward(self, x):
        return torch.where(x == 0.0, 300.0, 100.0).to(x)


class Unchanged(nn.Module):
    """In the norm's place, so that the sums are seen."""

    def __init__(self, *_sizes, **_named):
        super().__init__()

    def forward(self, x):
        return x


def what_is_dropped(EncoderLayer, x):  # noqa: N803 - a class
    """Sublayers that give 1 and 100, and no norms: what is added to x says what dropout did to each of them."""
    layer = EncoderLayer(x.shape[2], 2, 3, RATE, GivesOnes, GivesHundreds, Unchanged)
    added = layer(x) - x
    values = {round(value, 3) for value in added.flatten().tolist()}
    yield "numbers added where attention gives 1 and feed_forward 100, at dropout 0.25", sorted(values)
    second = (added > 50.0).to(x.dtype)
    first = added - second * 100.0 / (1.0 - RATE)
    for name, part in (("attention", first), ("feed_forward", second)):
        kept = part > 0.5
        share = float(kept.to(x.dtype).mean())
        yield f"about 3 of 4 numbers of {name} are kept", abs(share - (1.0 - RATE)) < 0.08
        yield f"tokens whose {name} is dropped as a whole", int((~kept).all(-1).sum())
    yield "both are dropped at the same places", bool(torch.equal(first > 0.5, second > 0.5))
    yield "the next call drops at the same places", bool(torch.equal(layer(x) - x, added))
    yield "numbers added in evaluation", layer.eval()(x) - x
