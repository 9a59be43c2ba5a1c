"""What a new exercise begins with. Every place that its author has to write says FILL IN, and what belongs there.

$name is the exercise's name, which is also its function's until the author chooses another.
"""

STUB = '''"""FILL IN: one line on what the learner writes here."""

import torch
from torch import Tensor


def $name(x: Tensor) -> Tensor:
    """FILL IN: what it computes, in one line.

        FILL IN: the equation, with every index that it sums over

    Shapes:  FILL IN: each argument and the result, as in x (B, C, H, W)  ->  y (B, C)
    Symbols: FILL IN: every letter that the shapes do not explain

    FILL IN: what two good engineers could do differently (dtype, ties, in place or not), and what is refused.

    FILL IN: the paper, its arXiv number, section and equation.
    """
    raise NotImplementedError("your turn: $name")
'''

OBSERVE = '''"""How $name is called, and what is seen of it."""

import torch

from lessons.checking.observing import gradients_of


def observe($name, x):
    """The output, a second call's output, the gradient of x, and whether random numbers were drawn.

    FILL IN: whatever else a caller could notice; then take this line out.
    """
    random_state = torch.get_rng_state()
    yield "output", $name(x)
    yield "output of a second call", $name(1.0 - x)
    leaf = x.detach().requires_grad_()
    yield "gradient of x", gradients_of($name(leaf), {"x": leaf})["x"]
    yield "random numbers were drawn", not torch.equal(random_state, torch.get_rng_state())
'''

CHECK = '''"""FILL IN: the inputs on which a wrong $name gives itself away, in one line."""

from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models.$name import $name

REFERENCE = $name


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sizes differ from each other wherever they can, so that no two axes can be confused."""
    yield _case(rng, "FILL IN: what this input shows, as a claim", (2, 3, 4, 5))
    yield _case(rng, "one image, one channel: no axis disappears", (1, 1, 3, 2))
    yield _case(rng, "as many images as channels, rows as columns", (3, 3, 4, 4))
    yield _case(rng, "sizes drawn for this attempt", tuple((torch.randperm(5, generator=rng)[:4] + 1).tolist()))
    yield _case(rng, "float32 stays float32", (2, 3, 5, 4), torch.float32, rtol=1e-5, atol=2e-5)
    yield _case(rng, "the result lies on the device of x", (2, 3, 5, 4), meta=True)


def _case(
    rng: torch.Generator, claim: str, shape: tuple[int, ...], dtype: torch.dtype = torch.float64, **settings: Any
) -> Case:
    return Case(claim, {"x": torch.randn(shape, generator=rng, dtype=dtype) + 0.25}, **settings)
'''

MISTAKE = '''"""FILL IN: what is wrong and why it matters, as the learner is told. Then name this file for it."""

import torch

EQUATION = "FILL IN: what this code computes, at most 76 columns a line"
HINT = 1


def $name(x):
    raise NotImplementedError("FILL IN: the mistake as a learner writes it")
'''

VARIANT = '''"""FILL IN: how this right solution differs from the reference. Then name this file for it."""

import torch


def $name(x):
    raise NotImplementedError("FILL IN: the same mathematics, written in another way")
'''

REFERENCE = '''"""FILL IN: what this module holds, in one line."""

from jaxtyping import Float
from torch import Tensor


def $name(x: Float[Tensor, "B C H W"]) -> Float[Tensor, "B C H W"]:
    """FILL IN: what it computes, in one line.

        FILL IN: the equation, as in the stub

    Shapes: FILL IN.
    FILL IN: the paper, section and equation.
    """
    raise NotImplementedError("FILL IN: plain tensor operations that read beside the equation")
'''

ROW = """[[exercise]]
id = "$id"
title = "FILL IN: a title of a few words"
file = "$id.py"
symbol = "$name"
equation = '''
FILL IN: the equation, at most 76 columns a line'''
citation = "FILL IN: authors, year, arXiv number, section and equation"
needs = []
hints = [
    "FILL IN: the concept, in at most 60 words.",
    "FILL IN: the shapes and the signature, in at most 60 words.",
    "FILL IN: nearly the line, in at most 60 words.",
]
denied = []
after = \"\"\"
FILL IN: a paragraph for after passing: why it is right, what others do, what is next.\"\"\"
"""

FILES = {
    "lessons/$id/stub.py": STUB,
    "lessons/$id/observe.py": OBSERVE,
    "lessons/$id/check.py": CHECK,
    "lessons/$id/mistakes/first_mistake.py": MISTAKE,
    "lessons/$id/variants/first_variant.py": VARIANT,
    "models/$name.py": REFERENCE,
}
