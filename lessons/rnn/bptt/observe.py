"""How a bptt is called, and what is seen of it."""

import torch

NAMES = ("x", "h0", "w", "u", "b")


def observe(bptt, dh, x, h0, h, w, u, by_name=False, laws=False):
    """The five gradients, those of other calls, and what must hold of them whatever their values are.

    `laws` asks for the properties, which take several calls more.
    """
    random_state = torch.get_rng_state()
    given = {"dh": dh, "x": x, "h0": h0, "h": h, "w": w, "u": u}
    before = {name: tensor.clone() for name, tensor in given.items()}

    def back(**changed):
        now = given | changed
        return bptt(**now) if by_name else bptt(*now.values())

    result = back()
    yield "number of results", len(result) if isinstance(result, (tuple, list)) else 1
    yield from _named(result, "")
    if not dh.is_meta:  # told before anything else goes wrong because of it
        yield "inputs changed by the call", [name for name in before if not torch.equal(before[name], given[name])]
        yield from _named(back(), " of the same again")
    if laws and not dh.is_meta:
        yield from _linear(back, result, dh)
        yield from _cut_in_two(back, result, given)
        yield from _last_state_only(back, dh)
        yield from _moved_weights(back, w, u)
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())
    yield "autograd is left switched on", torch.is_grad_enabled()


def _named(result, when):
    for name, gradient in zip(NAMES, result, strict=True):
        yield f"gradient of {name}{when}", gradient


def _linear(back, result, dh):
    """What the gradient of a plain sum looks like is one number in memory, expanded to every place."""
    level = dh.new_ones(()).expand(dh.shape)
    ones, mixed = back(dh=level), back(dh=2.0 * level - 3.0 * dh)
    yield from _named(ones, " where dh is 1 everywhere")
    for name, one, other, both in zip(NAMES, result, ones, mixed, strict=True):
        yield f"invariant: the gradient of {name} is linear in dh", _alike(both, 2.0 * other - 3.0 * one)


def _cut_in_two(back, result, given):
    """The later half's dh0 is what it sends into the last state of the earlier half."""
    half = len(given["x"]) // 2
    if half == 0:
        return
    cut = ("dh", "x", "h")
    later = back(**{name: given[name][half:] for name in cut}, h0=given["h"][half - 1])
    earlier_dh = given["dh"][:half].clone()
    earlier_dh[-1] += later[1]
    earlier = back(dh=earlier_dh, **{name: given[name][:half] for name in cut[1:]})
    joined = (torch.cat([earlier[0], later[0]]), earlier[1], *(a + b for a, b in zip(earlier[2:], later[2:])))  # noqa: B905
    for name, whole, parts in zip(NAMES, result, joined, strict=True):
        yield (
            f"invariant: a sequence cut in two, dh0 of the later half added to the earlier one's dh, "
            f"gives the gradient of {name}",
            _alike(whole, parts),
        )


def _last_state_only(back, dh):
    """A loss that reads the last state alone still reaches every input."""
    last = torch.zeros_like(dh)
    last[-1] = dh[-1]
    yield from _named(back(dh=last), " where only the last state is read")


def _moved_weights(back, w, u):
    """The next step of training: the same tensors with other numbers in them."""
    moved = {"w": w.clone(), "u": u.clone()}
    back(**moved)
    for tensor in moved.values():
        tensor.mul_(-0.5)
    yield from _named(back(**moved), " after the weights were moved in place")


def _alike(one, other):
    return bool(torch.allclose(one, other, rtol=1e-4, atol=1e-5))
