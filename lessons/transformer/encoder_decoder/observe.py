"""How a Transformer is put together and called, all at once and token by token, and what is seen of it."""

from itertools import count

import torch
from torch import nn
from torch.nn.functional import linear

from lessons.checking.observing import (
    MarkedLayerNorm,
    as_declared,
    gradients_of,
    set_state,
    state_of,
)

RATE = 0.25
SERIALS = count()
BASE = {"source_tokens": 37_000, "target_tokens": 37_000, "d_model": 512, "num_heads": 8, "d_ff": 2048, "num_layers": 6}


def observe(
    Transformer,  # noqa: N803 - a class
    source=None,
    target=None,
    source_mask=None,
    target_mask=None,
    sizes=(),
    seed=0,
    shared=False,
    final=False,
    laws=False,
    dropped=False,
    **theirs,
):
    """Parameter counts where there is no source; else parts, logits, caches; or what holds for every transformer."""
    torch.manual_seed(seed)
    parts = parts_of(theirs)
    if source is None:
        yield from counts(Transformer, parts)
        return
    if dropped:
        yield from what_is_dropped(Transformer, source, target, sizes)
        return

    options = {"final_norm": MarkedLayerNorm} if final else {}
    with torch.device(source.device):
        model = Transformer(*sizes, 1.0, **parts, **options, **({"shared": True} if shared else {}))
    set_state(model, seed)
    if laws:
        masks = [as_declared(mask, theirs.get("attention")) for mask in (source_mask, target_mask)]
        yield from probes_for_a_leak(model.eval(), source, target, masks)
        yield from laws_of_a_transformer(model, source, target, source_mask, masks)
        return
    yield from what_it_is_made_of(model)
    yield "training output where dropout takes everything", model(source, target, source_mask, target_mask)
    runs_of(model)
    if not source.is_meta:  # calls without numbers are slow
        yield from all_at_once(model.eval(), source, target, source_mask, target_mask)
        yield from token_by_token(model, source, target, source_mask)


def parts_of(theirs):
    """Made-up parts, or the learner's own layers around their own attention, feed-forward and norm."""
    parts = {
        "embeddings": theirs.get("embeddings", SomeEmbeddings),
        "positions": theirs.get("positions", some_positions),
        "encoder_layer": SomeEncoderLayer,
        "decoder_layer": SomeDecoderLayer,
    }
    if "heads" in theirs:

        def attention(d_model, num_heads):
            return theirs["heads"](d_model, num_heads, theirs["attention"])

        def around(layer):
            own = attention, theirs["feed_forward"], theirs["norm"]
            return lambda d_model, num_heads, d_ff, dropout: layer(d_model, num_heads, d_ff, dropout, *own)

        parts |= {name: around(theirs[name]) for name in ("encoder_layer", "decoder_layer")}
    return parts


class SomeEmbeddings(nn.Module):
    """Tokens as vectors and vectors as scores, each in a way of its own."""

    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.built = f"embeddings({num_tokens}, {d_model})"
        self.weight = nn.Parameter(torch.empty(num_tokens, d_model).fill_(0.5))

    def forward(self, ids):
        return 1.5 * self.weight[ids]

    def logits(self, x):
        return 0.75 * x @ self.weight.T - 0.25


def some_positions(n, d):
    """Rows that differ from each other, of torch's default type, on the CPU."""
    return torch.sin(torch.arange(1.0, n + 1.0)[:, None] * torch.linspace(0.5, 1.5, d))


class SomeLayer(nn.Module):
    """As many parameters as a layer has, how it was made, and how often it ran."""

    def __init__(self, d_model, num_heads, d_ff, dropout, attentions, norms):
        super().__init__()
        self.built, self.runs = f"({d_model}, {num_heads}, {d_ff}, {dropout})", 0
        self.serial = next(SERIALS)
        self.num_heads = num_heads
        shapes = {f"{name}{number}": (d_model, d_model) for number in range(attentions) for name in "qkvo"}
        shapes |= {"w_1": (d_ff, d_model), "b_1": (d_ff,), "w_2": (d_model, d_ff), "b_2": (d_model,)}
        shapes |= {f"norm{number}": (2, d_model) for number in range(norms)}
        for name, shape in shapes.items():
            self.register_parameter(name, nn.Parameter(torch.empty(shape).fill_(0.5)))

    def look(self, number, x, y, mask, cache=None):
        """Attention in heads, from x to y; a mask says what may be seen, or is added if it is a float."""
        q, k, v = (
            linear(z, getattr(self, f"{name}{number}")).unflatten(-1, (self.num_heads, -1)).transpose(1, 2)
            for name, z in (("q", x), ("k", y), ("v", y))
        )
        if cache is not None:
            k, v = (torch.cat([cache[name], new], 2) if name in cache else new for name, new in (("k", k), ("v", v)))
            cache["k"], cache["v"] = k, v
        scores = (q @ k.mT).tanh()
        if mask is not None:
            scores = scores + mask if mask.is_floating_point() else scores.masked_fill(~mask, -torch.inf)
        return linear((scores.softmax(-1) @ v).transpose(1, 2).flatten(2), getattr(self, f"o{number}"))

    def bend(self, number, x):
        scale, shift = getattr(self, f"norm{number}")
        return (scale * x + shift).sin()

    def think(self, x):
        w_1, b_1, w_2, b_2 = (getattr(self, name) for name in ("w_1", "b_1", "w_2", "b_2"))
        return linear(linear(x, w_1, b_1).relu(), w_2, b_2)


class SomeEncoderLayer(SomeLayer):
    """A layer of the form of an encoder's, that computes something else."""

    def __init__(self, d_model, num_heads, d_ff, dropout):
        super().__init__(d_model, num_heads, d_ff, dropout, 1, 2)

    def forward(self, x, mask=None):
        self.runs += 1
        x = self.bend(0, x) + self.look(0, x, x, mask)
        return self.think(x) + self.bend(1, x)


class SomeDecoderLayer(SomeLayer):
    """A layer of the form of a decoder's, that computes something else."""

    def __init__(self, d_model, num_heads, d_ff, dropout):
        super().__init__(d_model, num_heads, d_ff, dropout, 2, 3)

    def forward(self, x, memory, target_mask=None, source_mask=None, cache=None):
        self.runs += 1
        x = self.bend(0, x) + self.look(0, x, x, target_mask, cache)
        x = self.bend(1, x) + self.look(1, x, memory, source_mask)
        return self.think(x) + self.bend(2, x)


def counts(Transformer, parts):  # noqa: N803 - a class
    """How many numbers an optimiser would be given; nothing is computed."""

    def parameters(**changed):
        options = {name: changed.pop(name) for name in ("shared", "final_norm") if name in changed}
        with torch.device("meta"):
            model = Transformer(**(BASE | changed), dropout=0.1, **parts, **options)
        return sum(value.numel() for value in model.parameters())

    yield "parameters of the paper's base model", parameters(shared=True)
    yield "parameters of one layer, with two vocabularies", parameters(num_layers=1, source_tokens=300)
    yield "parameters of one layer, with final norms", parameters(num_layers=1, final_norm=nn.LayerNorm)


def what_it_is_made_of(model):
    """How each part was made, whether two names are one part, and names and shapes of the whole state."""
    for name in ("source_embeddings", "target_embeddings"):
        yield f"how {name} was made", getattr(getattr(model, name), "built", "not by embeddings(...)")
    yield "both embeddings are one", model.source_embeddings is model.target_embeddings
    for name in ("encoder", "decoder"):
        layers = list(getattr(model, name))
        yield f"how the layers of the {name} were made", [getattr(layer, "built", "otherwise") for layer in layers]
        yield f"layers of the {name} that were made, not copied", len({getattr(layer, "serial", 0) for layer in layers})
    yield from state_of(model)


def runs_of(model):
    """How often each layer of the encoder and of the decoder has run since the last time this was asked."""
    runs = [layer.runs for stack in (model.encoder, model.decoder) for layer in stack]
    for layer in (*model.encoder, *model.decoder):
        layer.runs = 0
    return runs


def all_at_once(model, source, target, source_mask, target_mask):
    """With nothing dropped: whole and in its two halves, another batch without masks, and gradients."""
    logits = model(source, target, source_mask, target_mask)
    yield "output", logits
    yield "runs of each layer in a forward", runs_of(model)
    memory = model.encode(source, source_mask)
    yield "memory", memory
    yield "runs of each layer in an encode", runs_of(model)
    yield "output by another memory", model.decode(target, memory.detach().flip(1) - 1.0, target_mask, source_mask)
    yield "runs of each layer in a decode", runs_of(model)
    more = [torch.cat([ids, ids[:1]])[:, :2] for ids in (source, target)]
    yield "output of another batch, without masks", model(*more)
    named = dict(sorted(model.named_parameters(remove_duplicate=False)))
    for name, gradient in gradients_of(logits, named).items():
        yield f"gradient of {name}", gradient


def token_by_token(model, source, target, source_mask):
    """As sentences are written: without gradients, and with caches."""
    random_state = torch.get_rng_state()
    with torch.no_grad():
        memory = model.encode(source, source_mask)
        caches = [{} for _ in model.decoder]
        rows = [model.decode(token, memory, None, source_mask, caches) for token in target.split(1, dim=1)]
        yield "output token by token, with caches", torch.cat(rows, dim=1)
        yield "tokens in each cache", [cache["k"].shape[2] if "k" in cache else 0 for cache in caches]
        yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()
    yield "random numbers were drawn in evaluation", not torch.equal(random_state, torch.get_rng_state())
    yield "parts left in training mode", sorted(name for name, part in model.named_modules() if part.training)


def probes_for_a_leak(model, source, target, masks):
    """Three ways to find out whether a token sees what comes after it, in the assembled model."""
    captured = []
    hook = model.target_embeddings.register_forward_hook(lambda _part, _ids, out: captured.append(out))
    memory = model.encode(source, masks[0])
    logits, moved, slopes = model.decode(target, memory, masks[1], masks[0]), [], []
    vectors = captured[-1] if captured else None
    hook.remove()
    for t in range(target.shape[1] - 1):
        other = torch.cat([target[:, : t + 1], target[:, t + 1 :] * 0], dim=1)
        moved.append((model.decode(other, memory, masks[1], masks[0]) - logits)[:, : t + 1].abs().max())
        if vectors is not None:
            slope = torch.autograd.grad(logits[:, t].square().sum(), vectors, retain_graph=True)[0]
            slopes.append(slope[:, t + 1 :].abs().max())
    yield "invariant: nothing changes when later tokens do", torch.stack(moved)
    yield "invariant: logits at t have no gradient by the vector of t + 1 or later", torch.stack(slopes or moved)
    caches, pieces = [{} for _ in model.decoder], []
    for first, last in ((0, 2), (2, 3), (3, target.shape[1])):
        mask = masks[1][..., first:last, :last]
        pieces.append(model.decode(target[:, first:last], memory, mask, masks[0], caches))
    yield "invariant: piece by piece with caches is the same as all at once", torch.cat(pieces, dim=1) - logits


def laws_of_a_transformer(model, source, target, keep, masks):
    """What holds whatever the parts are; `keep` says what of the source may be seen."""
    logits = model(source, target, *masks)
    halves = model.decode(target, model.encode(source, masks[0]), masks[1], masks[0])
    yield "invariant: a forward is the decode of the encode", logits - halves
    alone = model(source[:1], target[:1], masks[0][:1], masks[1][:1])
    yield "invariant: each sentence goes its own way", alone - logits[:1]
    other = torch.where(keep[:, 0, 0], source, 0)
    yield "invariant: what the source mask hides changes nothing", model(other, target, *masks) - logits
    found = gradients_of(logits, dict(model.named_parameters()))
    yield "parameters without a gradient", sorted(name for name, value in found.items() if isinstance(value, str))


class Through(nn.Module):
    """A layer that hands on what it gets, and keeps it."""

    def __init__(self, *_sizes, **_named):
        super().__init__()

    def forward(self, x, *_others, **_named):
        self.given = x
        return x


def what_is_dropped(Transformer, source, target, sizes):  # noqa: N803 - a class
    """Vectors of 0.75, places of 99.25, and layers that do nothing: what they are given says what dropout did."""
    model = Transformer(
        *sizes,
        RATE,
        embeddings=SomeEmbeddings,
        positions=lambda n, d: torch.full((n, d), 99.25),
        encoder_layer=Through,
        decoder_layer=Through,
    )
    model(source, target)
    for side, stack in (("source", model.encoder), ("target", model.decoder)):
        given = stack[0].given
        values = {round(value, 3) for value in given.flatten().tolist()}
        yield f"numbers of the {side} where vector and position add up to 100, at dropout 0.25", sorted(values)
        yield (
            f"about 3 of 4 numbers of the {side} are kept",
            abs(float((given > 0).to(given.dtype).mean()) - 0.75) < 0.08,
        )
        yield f"tokens of the {side} that are dropped as a whole", int((given == 0).all(-1).sum())
    yield "numbers of the source in evaluation", model.eval().encode(source)
