"""How an lstm_cell is carried over several steps, and what is seen of it."""

import torch

from lessons.checking.observing import gradients_of


def observe(lstm_cell, x, later, h, c, w_ih, w_hh, b_ih, b_hh, laws=False):
    """Both states after every step, what became of the earlier ones, gradients through two steps; or the laws alone."""
    weights = {"w_ih": w_ih, "w_hh": w_hh, "b_ih": b_ih, "b_hh": b_hh}
    if laws:
        yield from laws_of_a_cell(lstm_cell, x, h, c, weights)
        return
    random_state = torch.get_rng_state()
    state = lstm_cell(x, h, c, *weights.values())
    yield "number of states", len(state) if isinstance(state, tuple | list) else f"a {type(state).__name__}"
    for step, given in enumerate((x, *later), 1):
        if step > 1:
            before = [part.clone() for part in state]
            new = lstm_cell(given, state[0], state[1], *weights.values())
            yield f"states before step {step} left as they were", all(map(same, before, state))
            state = new
        yield f"h after step {step}", state[0]
        yield f"c after step {step}", state[1]
    yield "h of the first step, asked for again", lstm_cell(x, h, c, *weights.values())[0]
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())
    if not x.is_meta:
        yield from gradients(lstm_cell, {"x": x, "h": h, "c": c, **weights}, later)


def gradients(lstm_cell, given, later):
    """Of everything that the cell takes, through the first step and the one after it."""
    leaves = {name: tensor.detach().clone().requires_grad_() for name, tensor in given.items()}
    state = lstm_cell(**leaves)
    weights = [leaves[name] for name in ("w_ih", "w_hh", "b_ih", "b_hh")]
    for each in later[:1]:
        state = lstm_cell(each, state[0], state[1], *weights)
    for name, gradient in gradients_of(torch.cat([state[0], state[1]], dim=-1), leaves).items():
        yield f"gradient of {name}", gradient


def laws_of_a_cell(lstm_cell, x, h, c, weights):
    """What holds for all numbers, and in every order of the gates."""
    w_ih, w_hh, b_ih, b_hh = weights.values()
    new_h, new_c = lstm_cell(x, h, c, *weights.values())
    alone = [torch.cat(list(lstm_cell(*row, *weights.values())), 1) for row in zip(*map(rows, (x, h, c)), strict=True)]
    yield "invariant: each row of the batch goes its own way", torch.cat(alone) - torch.cat([new_h, new_c], 1)
    moved = lstm_cell(x, h, c, w_ih, w_hh, b_ih + 0.75, b_hh - 0.75)
    yield "invariant: only the sum of b_ih and b_hh counts", moved[0] - new_h
    shown, far = lstm_cell(x, h, 50.0 * c, *weights.values())
    yield "invariant: h' lies between -1 and 1, however large c is", bool((shown.abs() <= 1.0).all())
    taken_in = lstm_cell(x, h, 0.0 * c, *weights.values())[1]
    yield "invariant: what is kept of c grows in proportion to c", (far - taken_in) - 50.0 * (new_c - taken_in)
    quiet = lstm_cell(0.0 * x, 0.0 * h, c, w_ih, w_hh, 0.0 * b_ih, 0.0 * b_hh)[1]
    yield "invariant: with everything but c at 0 half of c is kept", quiet - 0.5 * c


def rows(tensor):
    return tensor.split(1)


def same(one, other):
    return one.is_meta or bool(torch.equal(one, other))
