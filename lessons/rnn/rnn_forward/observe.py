"""How rnn_forward is called, and what is seen of it."""

import torch

from lessons.checking.observing import gradients_of


def observe(rnn_forward, x, h0, w, u, b, by_name=False, again=False):
    """The states, the gradient of everything that went in, and what must hold whatever the numbers are.

    `again` asks for other inputs too, for weights that an optimiser has moved, and for calls under no_grad.
    """
    random_state = torch.get_rng_state()
    given = {"x": x, "h0": h0, "w": w, "u": u, "b": b}

    def run(**changed):
        now = given | changed
        return rnn_forward(**now) if by_name else rnn_forward(*now.values())

    h = run()
    yield "output", h
    if not x.is_meta:  # told before anything else goes wrong because of it
        kept = h.clone()
        yield "output of the same again", run()
        yield "the first output is left as it was by a second call", bool(torch.equal(h, kept))
    leaves = {name: tensor.detach().requires_grad_() for name, tensor in given.items()}
    y = run(**leaves)
    yield "output depends on what went in by a gradient", y.requires_grad
    for name, gradient in gradients_of(y, leaves).items() if y.requires_grad else ():
        yield f"gradient of {name}", gradient
    if again:
        yield "output for other inputs and a first state of zeros", run(x=1.0 - x, h0=0.0 * h0)
        moved = {name: tensor.clone() for name, tensor in given.items() if name in ("w", "u", "b")}
        run(**moved)
        for tensor in moved.values():
            tensor.mul_(-0.5)
        yield "output after the weights were moved in place", run(**moved)
        with torch.no_grad():
            yield "output under no_grad", run()
            yield "gradients are recorded after a call under no_grad", torch.is_grad_enabled()
    if not x.is_meta:
        yield from laws_of_recurrence(run, h, x, h0)
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())


def laws_of_recurrence(run, h, x, h0):
    """Departures from what holds for every recurrent net of this kind."""
    yield "invariant: every state lies between -1 and 1", bool((h.abs() <= 1).all())
    alone = run(x=x[:, :1], h0=h0[:1])
    yield "invariant: a sequence alone has the states that it has in its batch", alike(alone, h[:, :1])
    if len(x) > 1:
        half = len(x) // 2
        first = run(x=x[:half])
        second = run(x=x[half:], h0=first[-1].detach())
        whole = torch.cat([first, second])
        yield "invariant: a call cut in two, the state carried over, gives what one call gives", alike(whole, h)
        changed = torch.cat([x[:-1], 2.0 - x[-1:]])
        yield "invariant: a later input changes no earlier state", alike(run(x=changed)[:-1], h[:-1])


def alike(one, other):
    return bool(torch.allclose(one, other, rtol=1e-4, atol=1e-5))
