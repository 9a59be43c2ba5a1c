"""Sizes at which a wrong count gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models import complexity as REFERENCE  # noqa: F401, N812 - the examiner asks for it by this name

LAYERS = ["self-attention", "recurrent", "convolutional", "restricted"]


def cases(rng: torch.Generator) -> Iterator[Case]:
    """All sizes of a case differ from each other, and n is on either side of d, k, r and their powers."""
    for layer in LAYERS:
        yield _table(f'the row of "{layer}"', [layer], [50, 12, 3, 7], [9, 40, 4, 2])
    yield _table("as many tokens as k^L, one less and one more", LAYERS[2:3], *[
        [n, 2, k, 3] for k, n in ((3, 27), (3, 26), (3, 28), (5, 125), (3, 243), (10, 1000), (2, 9))
    ])  # fmt: skip
    yield _table("n / r comes out even, or does not", LAYERS[3:], [12, 5, 3, 4], [13, 5, 3, 4], [11, 5, 3, 4])
    yield _table("one token, and neighbourhoods larger than the sentence", LAYERS, [1, 6, 3, 4], [5, 6, 8, 9])
    yield _table("sizes drawn for this attempt", LAYERS, *[[_draw(rng, 2, 90) for _ in range(4)] for _ in range(3)])
    yield _table("counts beyond 2^53 stay exact", LAYERS, [10**9 + 7, 10**4 + 9, 3, 10**5 + 3], extreme=True)
    yield _table("a layer that is not in the table", ["pooling"], [5, 4, 3, 2])
    yield _case("self-attention, and an LSTM of its width", "macs", sizes=[7, 7, 4, 3, 3, 10])
    yield _case("more keys than queries, and fewer", "macs", sizes=[3, 8, 5, 9, 2, 4, 1, 6, 3])
    yield _case("sizes drawn for this attempt, counted", "macs", sizes=[_draw(rng, 1, 200) for _ in range(6)])
    yield _case("where both cost the same", "crossover", widths=[6, 1, 32, _draw(rng, 40, 200)])
    heads = _draw(rng, 2, 5)
    drawn = [_draw(rng, 50, 90), _draw(rng, 91, 150), heads * _draw(rng, 2, 6), heads, _draw(rng, 31, 60), 3]
    yield _case("a model drawn for this attempt", "parameters", sizes=drawn, options=[])
    yield _case("one layer, one head, one table for both sides", "parameters", sizes=[30, 30, 7, 1, 11, 1],
                options=[True, False])  # fmt: skip
    sizes = [13, 21, 8, 4, 20, 2, 5, 9, 4, 2, 6, 0]
    yield _case("with norms at the end, and no layers", "parameters", sizes=sizes, options=[False, True, True, True])
    yield _case("the paper's base model", "parameters", sizes=[37000, 37000, 512, 8, 2048, 6], options=[True, False])


def _table(claim: str, layers: list[str], *sizes: list[int], **settings: Any) -> Case:
    flat = [number for each in sizes for number in each]
    return Case(claim, {}, {"what": "table", "layers": layers, "sizes": flat}, **settings)


def _case(claim: str, what: str, **arguments: Any) -> Case:
    return Case(claim, {}, {"what": what, **arguments})


def _draw(rng: torch.Generator, low: int, high: int) -> int:
    return int(torch.randint(low, high, (), generator=rng))
