"""How a gru_cell is carried over several steps, and what is seen of it."""

import torch

from lessons.checking.observing import gradients_of


def observe(gru_cell, x, later, h, w_ih, w_hh, b_ih, b_hh, laws=False):
    """The state after every step, what became of the earlier one, gradients through two steps; or the laws alone."""
    weights = {"w_ih": w_ih, "w_hh": w_hh, "b_ih": b_ih, "b_hh": b_hh}
    if laws:
        yield from laws_of_a_cell(gru_cell, x, h, weights)
        return
    random_state = torch.get_rng_state()
    state = gru_cell(x, h, *weights.values())
    for step, given in enumerate((x, *later), 1):
        if step > 1:
            before = state.clone()
            new = gru_cell(given, state, *weights.values())
            yield f"h before step {step} left as it was", before.is_meta or bool(torch.equal(before, state))
            state = new
        yield f"h after step {step}", state
    yield "h of the first step, asked for again", gru_cell(x, h, *weights.values())
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())
    if not x.is_meta:
        yield from gradients(gru_cell, {"x": x, "h": h, **weights}, later)


def gradients(gru_cell, given, later):
    """Of everything that the cell takes, through the first step and the one after it."""
    leaves = {name: tensor.detach().clone().requires_grad_() for name, tensor in given.items()}
    state = gru_cell(**leaves)
    weights = [leaves[name] for name in ("w_ih", "w_hh", "b_ih", "b_hh")]
    for each in later[:1]:
        state = gru_cell(each, state, *weights)
    for name, gradient in gradients_of(state, leaves).items():
        yield f"gradient of {name}", gradient


def laws_of_a_cell(gru_cell, x, h, weights):
    """What holds for all numbers, and by every convention."""
    w_ih, w_hh, b_ih, b_hh = weights.values()
    new = gru_cell(x, h, *weights.values())
    alone = [gru_cell(*row, *weights.values()) for row in zip(x.split(1), h.split(1), strict=True)]
    yield "invariant: each row of the batch goes its own way", torch.cat(alone) - new
    inside = bool(((new <= h.clamp(min=1.0)) & (new >= h.clamp(max=-1.0))).all())
    yield "invariant: h' lies between h and a number from -1 to 1", inside
    halved = gru_cell(0.0 * x, h, w_ih, 0.0 * w_hh, 0.0 * b_ih, 0.0 * b_hh)
    yield "invariant: with everything but h at 0 half of h is kept", halved - 0.5 * h
    two_thirds = 2 * h.shape[1]
    gates = torch.arange(b_ih.shape[0], device=x.device) < two_thirds
    moved = gru_cell(x, h, w_ih, w_hh, b_ih + 0.75 * gates, b_hh - 0.75 * gates)
    yield "invariant: of r and z only the sum of both biases counts", moved - new
