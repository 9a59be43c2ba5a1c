"""How the pieces of a character model are used; samples are seen by how often each character comes."""

import random
from itertools import pairwise

import torch
from torch import Tensor

from lessons.checking.observing import NO_NUMBERS, gradients_of

SHOWN = 6  # batches whose numbers are compared


def observe(code, what, **given):
    """`what` names the function that a case looks at, or the side of it."""
    looks = {"split": parts, "batches": windows, "nll": losses, "bits": bits, "draws": draws, "rows": rows,
             "chance": chance}  # fmt: skip
    yield from looks[what](code, **given)


def parts(code, ids, share=None):
    result = code.split(ids) if share is None else code.split(ids, share)
    yield "number of parts", number(result)
    yield from zip(("train", "held_out"), result, strict=False)


def windows(code, ids, batch_size, length):
    made = code.batches(ids, batch_size, length)
    pairs = list(made) if hasattr(made, "__iter__") else made
    if not isinstance(pairs, list) or not all(number(pair) == 2 for pair in pairs):
        yield "batches", made
        return
    yield "kinds of x and y", sorted({kind(part) for pair in pairs for part in pair})
    if all(fits(part, (batch_size, length)) for pair in pairs for part in pair):
        yield from orders(pairs, ids)
    yield "number of batches", len(pairs)
    for k, (x, y) in enumerate(pairs[:SHOWN]):
        yield f"x of batch {k}", x
        yield f"y of batch {k}", y


def orders(pairs, ids):
    """What holds for the places in the stream, of which each holds a number of its own."""
    place = torch.empty_like(ids)
    place[ids] = torch.arange(len(ids))
    xs, ys = ([place[pair[side]] for pair in pairs] for side in (0, 1))
    yield (
        "invariant: a target is the character after its input",
        all(bool((y == x + 1).all()) for x, y in zip(xs, ys, strict=True)),
    )
    yield (
        "invariant: row b of the next batch goes on where row b of this one ended",
        all(bool((after[:, 0] == x[:, -1] + 1).all()) for x, after in pairwise(xs)),
    )
    read = torch.cat([x.flatten() for x in xs]) if xs else ids[:0]
    yield "invariant: no character is an input twice", len(read.unique()) == len(read)


def losses(code, logits, targets):
    if logits.is_meta:
        yield "nll", on_meta(code, logits, targets)
        return
    leaf = logits.detach().requires_grad_()
    value = code.nll(leaf, targets)
    yield "nll", value
    if isinstance(value, Tensor):
        yield "gradient of the logits", gradients_of(value, {"logits": leaf})["logits"]
    yield "nll of other logits", code.nll(1.0 - 0.5 * logits, targets)


def on_meta(code, logits, targets):
    """A scalar there, as is right, where the solution must read a number."""
    try:
        return code.nll(logits, targets)
    except (NotImplementedError, RuntimeError) as error:
        if not any(words in str(error) for words in (*NO_NUMBERS, "meta")):
            raise
        return logits.new_empty(())


def bits(code, nats):
    for each in nats:
        yield f"bits per character of {each:.4g} nats", code.bits_per_character(each)


def draws(code, logits, temperatures, seed, copies=2000):
    """How often each character comes among copies of one row, and how often two neighbours are the same one."""
    for temperature in temperatures:
        generator = torch.Generator().manual_seed(seed)
        ids = code.sample(logits.expand(copies, -1).clone(), temperature, generator)
        yield "kind of the sample", kind(ids)
        if not fits(ids, (copies,)):
            return
        counts = torch.bincount(ids.clamp(0, logits.shape[1]), minlength=logits.shape[1])
        yield f"distribution of the characters at temperature {temperature:g}", counts.double() / copies
        yield f"share of equal neighbours at temperature {temperature:g}", (ids[1:] == ids[:-1]).double().mean()


def rows(code, logits, temperature, seed):
    """So cold that every row can only give its likeliest character."""
    yield "sample", code.sample(logits, temperature, torch.Generator().manual_seed(seed))


def chance(code, logits, temperature, seed):
    """The generator decides and nothing else; it is moved on by each call."""

    def drawn(generator, elsewhere):
        torch.manual_seed(elsewhere)
        random.seed(elsewhere)
        return code.sample(logits.clone(), temperature, generator)

    one, two, other = (torch.Generator().manual_seed(seed + n) for n in (0, 0, 1))
    first = drawn(one, 1)
    states = torch.get_rng_state(), random.getstate()
    again, moved = drawn(two, 2), drawn(one, 1)
    yield "kind of the sample", kind(first)
    if not all(fits(each, first.shape) for each in (first, again, moved)):
        return
    yield "invariant: the same seed gives the same sample", torch.equal(first, again)
    yield "invariant: another seed gives another sample", not torch.equal(first, drawn(other, 1))
    yield "invariant: a second call gives another sample", not torch.equal(first, moved)
    torch.manual_seed(1)
    random.seed(1)
    yield "torch's global generator was used", not torch.equal(states[0], torch.get_rng_state())
    yield "Python's random was used", states[1] != random.getstate()


def number(result):
    return len(result) if isinstance(result, tuple | list) else f"a {type(result).__name__}"


def fits(ids, shape):
    return isinstance(ids, Tensor) and ids.shape == shape and ids.dtype == torch.int64 and (ids >= 0).all()


def kind(value):
    if not isinstance(value, Tensor):
        return f"a {type(value).__name__}"
    return f"a tensor of shape {tuple(value.shape)} of {str(value.dtype).removeprefix('torch.')}"
