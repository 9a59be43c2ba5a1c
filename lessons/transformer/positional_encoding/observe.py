"""How positional_encoding is called, again and again, and what is seen of it."""

import torch
from torch import Tensor


def observe(positional_encoding, n, d, laws=False, once=False):
    """One encoding, and where it is not enough: again after it was changed, one that is longer, one that is wider."""
    random_state = torch.get_rng_state()
    encoding = positional_encoding(n, d)
    yield "encoding", kept(encoding)
    yield "encoding wants a gradient", encoding.requires_grad
    if once:
        return
    if laws:
        yield from laws_of_positions(encoding)
        longer = positional_encoding(n + 2, d)
        yield "invariant: a position has one row, however many follow it", longer[:n] - encoding
    with torch.no_grad():
        encoding += 1.0
    yield "encoding asked for again, after the first was changed", positional_encoding(n, d)
    yield "encoding of three positions more", positional_encoding(n + 3, d)
    yield "encoding of four columns more", positional_encoding(n, d + 4)
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())


def laws_of_positions(encoding):
    """What holds whatever the order of the columns."""
    d = encoding.shape[1]
    products = encoding @ encoding.mT
    yield "invariant: every row has the square length d/2", products.diagonal() - d / 2
    moved = products[1:, 1:] - products[:-1, :-1]
    yield "invariant: the product of two rows depends on their distance only", moved
    first = encoding[0].sort().values
    yield "invariant: position 0 is half zeros and half ones", first - (torch.arange(d) >= d // 2).to(first)


def kept(value):
    """A copy: what is changed later is not what was seen."""
    return value.detach().clone() if isinstance(value, Tensor) else value
