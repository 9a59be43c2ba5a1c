"""How an LSTM is built around a cell and called again and again, and what is seen of it."""

from typing import Any

import torch
from torch.nn import functional

from lessons.checking.observing import gradients_of, set_state

NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def some_cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    """A cell of the right form that is no LSTM's: what is looked at is what happens around it."""
    seen, remembered = functional.linear(x, w_ih, b_ih), functional.linear(h, w_hh, b_hh)
    p, q, r, s = (seen + remembered.sin()).chunk(4, dim=1)
    c = 0.5 * c + torch.sin(p - q)
    return torch.cos(c + r) + torch.sin(s), c


def observe(
    LSTM,  # noqa: N803 - a class
    x,
    second,
    h,
    c,
    hidden_size,
    num_layers,
    seed,
    by_default=False,
    laws=False,
    cell=some_cell,
):
    """Its parameters, and outputs and states of several calls; or only what holds for every cell."""
    torch.manual_seed(seed)
    with torch.device(x.device):
        lstm = LSTM(cell, x.shape[2], hidden_size, *(() if by_default else (num_layers,)))
    if laws:
        set_state(lstm, seed)
        yield from laws_of_a_sequence(lstm, x, cell)
        return
    yield from new_parameters(lstm, hidden_size)
    if not x.is_meta:
        other = LSTM(cell, x.shape[2], hidden_size)
        alike = map(torch.equal, lstm.parameters(), other.parameters())
        yield "two of them begin with the same numbers", any(alike)
    set_state(lstm, seed)
    yield from several_calls(lstm, x, second, (h, c))


def new_parameters(lstm, hidden_size):
    """Names, shapes, and what can be said of random first numbers."""
    named = dict(lstm.named_parameters())
    yield "names in named_parameters()", sorted(named)
    yield "names in state_dict()", sorted(lstm.state_dict())
    yield "shapes of the parameters", [f"{name} {tuple(value.shape)}" for name, value in sorted(named.items())]
    if not any(value.is_meta for value in named.values()):
        bound = hidden_size**-0.5
        wide = [name for name, value in named.items() if not bool((value.abs() <= bound).all())]
        still = [
            name for name, value in named.items() if value.numel() > 1 and bool((value == value.flatten()[0]).all())
        ]
        numbers = torch.cat([value.detach().flatten() for value in named.values()])
        yield "parameters that begin outside of 1/sqrt(H)", sorted(wide)
        yield "parameters that begin with one number everywhere", sorted(still)
        yield "parameters begin on both sides of 0", bool((numbers > 0).any() and (numbers < 0).any())
        yield "parameters begin near the bound too", bool(numbers.abs().max() > 0.7 * bound)


def several_calls(lstm, x, second, given):
    """A sequence, one that goes on from it, one that begins anew, and one from a state that was made up."""
    random_state = torch.get_rng_state()
    out, state = lstm(x)
    kept = [part.clone() for part in state]
    yield "number of states", len(state) if isinstance(state, tuple | list) else f"a {type(state).__name__}"
    yield from seen("of the first call", out, state)
    yield "the h that comes back carries a graph", state[0].requires_grad
    yield "the c that comes back carries a graph", state[1].requires_grad
    yield from seen("of a call that goes on from it", *lstm(second, state))
    if x.is_meta:  # without numbers calls are slow, and these two make all there is to be made
        return
    yield "the state that was handed in is as it was", all(map(torch.equal, state, kept))
    with torch.no_grad():
        yield "output of a call that begins anew, without gradients", lstm.eval()(x)[0]
    yield from seen("of one sequence more", *lstm.train()(torch.cat([second, second[:1]])[:, :1]))
    leaf = x.detach().clone().requires_grad_()
    out, state = lstm(leaf, given)
    yield from seen("of a call from another state", out, state)
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())
    named = {"x": leaf, **dict(sorted(lstm.named_parameters()))}
    for name, gradient in gradients_of(out, named).items():
        yield f"gradient of {name}", gradient


def seen(of, out, state):
    yield f"output {of}", out
    yield f"h {of}", state[0]
    yield f"c {of}", state[1]


def laws_of_a_sequence(lstm, x, cell):
    """What holds whatever the cell is, and that it is this one."""
    out, (h, c) = lstm(x)
    yield "invariant: the last output is the last layer's h", out[:, -1] - h[-1]
    yield "invariant: each sequence of the batch goes its own way", lstm(x[:1])[0] - out[:1]
    state: Any = None
    pieces = []
    for piece in x.split(1, dim=1):
        found, state = lstm(piece, state)
        pieces.append(found)
    yield "invariant: step by step, with the state carried, is the same as all at once", torch.cat(pieces, 1) - out
    yield "invariant: so is the state in the end", torch.stack(list(state)) - torch.stack([h, c])
    first, zeros = [getattr(lstm, f"{name}_l0") for name in NAMES], torch.zeros_like(h[0])
    hs, cs = lstm(x[:, :1])[1]
    expected = torch.stack(list(cell(x[:, 0], zeros, zeros, *first)))
    yield "invariant: the lowest layer's first step is the cell, from zeros", torch.stack([hs[0], cs[0]]) - expected
