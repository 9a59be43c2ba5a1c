"""How a DecoderLayer is built and called, all at once and token by token, and what is seen of it."""

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
    DecoderLayer,  # noqa: N803 - a class
    x,
    memory,
    target_mask=None,
    source_mask=None,
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
        yield from what_is_dropped(DecoderLayer, x, memory)
        return
    made = (lambda d_model, num_heads: heads(d_model, num_heads, attention)) if heads else PlainAttention
    parts = (MarkedAttention, MarkedFeedForward, MarkedLayerNorm) if marked else (made, feed_forward, norm)

    def layer_with(rate):
        with torch.device(x.device):
            given = parts if parts[2] else parts[:2]
            layer = DecoderLayer(x.shape[2], num_heads, d_ff, rate, *given)
        set_state(layer, seed)
        return layer

    masks = target_mask, source_mask
    if laws:
        layer, masks = layer_with(0.0), [as_declared(mask, attention) for mask in masks]
        yield from probes_for_a_leak(layer, x, memory, masks)
        yield from laws_of_the_source(layer, x, memory, source_mask, masks)
        return
    layer = layer_with(0.0)
    yield from state_of(layer)
    yield from in_training(layer, x, memory, masks)
    if not x.is_meta:  # calls without numbers are slow
        layer = layer_with(1.0)
        yield "training output where dropout takes everything", layer(x, memory, *masks)
        yield from in_evaluation(layer.eval(), x, memory, masks)


def in_training(layer, x, memory, masks):
    """With nothing dropped: a call with masks, one without on another batch, and gradients."""
    yield "training output", layer(x, memory, *masks)
    if x.is_meta:
        return
    more = [torch.cat([each, each[:1]]) for each in (x, memory)]
    yield "training output of another batch, without masks", layer(0.5 - more[0][:, :2], more[1].flip(1))
    leaves = {"x": x.detach().requires_grad_(), "memory": memory.detach().requires_grad_()}
    named = {**leaves, **dict(sorted(layer.named_parameters()))}
    for name, gradient in gradients_of(layer(*leaves.values(), *masks), named).items():
        yield f"gradient of {name}", gradient


def in_evaluation(layer, x, memory, masks):
    """All at once, then token by token with a cache, as sentences are written."""
    random_state = torch.get_rng_state()
    cache = {}
    with torch.no_grad():
        yield "evaluation output", layer(x, memory, *masks)
        rows = [layer(token, memory, None, masks[1], cache) for token in x.split(1, dim=1)]
        yield "output token by token, with a cache", torch.cat(rows, dim=1)
        yield "names in the cache", sorted(str(name) for name in cache)
        layer.self_attention(x, x, x, None, begun := {})
        yield "output of a token, with a cache that was begun", layer(x[:, :1], memory, None, masks[1], begun)
        yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()
    yield "random numbers were drawn in evaluation", not torch.equal(random_state, torch.get_rng_state())
    yield "parts left in training mode", sorted(name for name, part in layer.named_modules() if part.training)


def probes_for_a_leak(layer, x, memory, masks):
    """Three ways to find out whether a token sees what comes after it; `masks` are causal on the target's side."""
    y = layer(x, memory, *masks)
    moved = []
    for t in range(1, x.shape[1]):
        other = torch.cat([x[:, :t], 1.0 - x[:, t:].roll(1, 2)], dim=1)
        moved.append((layer(other, memory, *masks) - y)[:, :t].abs().max())
    yield "invariant: nothing changes when later tokens do", torch.stack(moved)
    leaf, slopes = x.detach().requires_grad_(), []
    rows = layer(leaf, memory, *masks)
    for t in range(x.shape[1] - 1):
        slope = torch.autograd.grad(rows[:, t].square().sum(), leaf, retain_graph=True)[0]
        slopes.append(slope[:, t + 1 :].abs().max())
    yield "invariant: y at t has no gradient by x at t + 1 and later", torch.stack(slopes)
    cache, pieces = {}, []
    for first, last in ((0, 2), (2, 3), (3, x.shape[1])):
        mask = masks[0][..., first:last, :last]
        pieces.append(layer(x[:, first:last], memory, mask, masks[1], cache))
    yield "invariant: piece by piece with a cache is the same as all at once", torch.cat(pieces, dim=1) - y


def laws_of_the_source(layer, x, memory, keep, masks):
    """What holds of the memory whatever the parts are; `keep` says what of it may be seen."""
    y = layer(x, memory, *masks)
    yield (
        "invariant: each sentence goes its own way",
        layer(x[:1], memory[:1], *masks[:1]) - layer(x, memory, *masks[:1])[:1],
    )
    yield "invariant: the order of the memory means nothing", layer(x, memory.flip(1)) - layer(x, memory)
    seen = keep[:, 0, 0, :, None]
    other = torch.where(seen, memory, 3.0 - memory.roll(1, 2))
    yield "invariant: what the source mask hides changes nothing", layer(x, other, *masks) - y
    leaf = memory.detach().requires_grad_()
    slope = torch.autograd.grad(layer(x, leaf, *masks)[:, 0].square().sum(), leaf)[0]
    yield "source tokens that reach the first token", slope.abs().sum(-1) > 0.0


class GivesOnesOrTens(nn.Module):
    """In an attention's place: 1 where it looks at the target, 10 at the source; 3 times that if a number was lost."""

    def __init__(self, *_sizes, **_named):
        super().__init__()

    def forward(self, query, key, *_value_and_mask, **_named):
        size = 1.0 if key.shape[1] == query.shape[1] else 10.0
        lost = (query == 0.0) | (key == 0.0).any(dim=1, keepdim=True)
        return torch.where(lost, 3.0 * size, size).to(query), None


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


def what_is_dropped(DecoderLayer, x, memory):  # noqa: N803 - a class
    """Sublayers that give 1, 10 and 100, and no norms: the digits of what is added say what dropout did to each."""
    layer = DecoderLayer(x.shape[2], 2, 3, RATE, GivesOnesOrTens, GivesHundreds, Unchanged)
    added = layer(x, memory) - x
    values = {round(value, 3) for value in added.flatten().tolist()}
    yield "numbers added where the sublayers give 1, 10 and 100, at dropout 0.25", sorted(values)
    digits = (added * (1.0 - RATE)).round().long()
    kept = {"self_attention": digits % 10, "cross_attention": digits // 10 % 10, "feed_forward": digits // 100}
    for name, digit in kept.items():
        yield f"about 3 of 4 numbers of {name} are kept", abs(float((digit > 0).to(x.dtype).mean()) - 1.0 + RATE) < 0.08
        yield f"tokens whose {name} is dropped as a whole", int((digit == 0).all(-1).sum())
    yield "numbers added in evaluation", layer.eval()(x, memory) - x
