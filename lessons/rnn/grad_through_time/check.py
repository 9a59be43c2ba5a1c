"""Recurrent steps, losses and floors on which a wrong look at the gradient gives itself away."""

from collections.abc import Iterator
from typing import Any

import torch

from lessons.checking.case import Case
from models.gradient_through_time import grad_through_time

REFERENCE = grad_through_time
GONE = 1e-9  # how much of the gradient a shrinking step lets through


def cases(rng: torch.Generator) -> Iterator[Case]:
    """Sizes (T, B, D, H) differ, so that no two axes can be confused; then steps that stop the gradient."""
    yield _case(rng, "a tanh step", (5, 2, 4, 3), "tanh")
    yield _case(rng, "a step whose numbers are frozen", (4, 2, 2, 3), "tanh", frozen=True)
    yield _case(rng, "a single step", (1, 3, 4, 2), "tanh")
    yield _case(rng, "one sequence with one unit", (4, 1, 2, 1), "tanh", loss="mean")
    yield _case(rng, "as many steps as sequences, inputs and units", (3, 3, 3, 3), "tanh")
    yield _case(rng, "the gradient grows", (5, 2, 3, 4), "linear", scale=40.0)
    yield _case(rng, "a loss that is a mean over the batch", (3, 4, 2, 3), "linear", loss="mean")
    yield _case(rng, "called where no gradients are recorded", (3, 2, 3, 4), "tanh", grad=False)
    yield _case(rng, "a step that ignores the state: zeros at the floor", (4, 2, 3, 2), "ignoring")
    yield _case(rng, "one sequence forgets all in the middle", (5, 3, 2, 4), "forgetting")
    yield _case(rng, "a step that hands the state through", (5, 2, 3, 4), "idling")
    yield _case(rng, "a loss that does not see the first sequence", (3, 3, 2, 4), "tanh", loss="dead")
    yield _case(rng, "a joint state, h beside c", (4, 2, 3, 2), "joint")
    yield _case(rng, "a vanishing gradient falls below the floor", (6, 2, 3, 2), "linear", scale=GONE)
    yield _case(rng, "a floor of 1e-6", (3, 2, 3, 2), "linear", scale=1e-6, floor=1e-6, turned=True)
    yield _case(rng, "a floor of 0.25 between the steps", (4, 2, 3, 3), "tanh", floor=0.25)
    yield _case(rng, "float32 stays float32", (4, 2, 3, 5), "tanh", dtype=torch.float32)
    yield _case(rng, "the results lie on the device of h0", (4, 2, 3, 5), "tanh", meta=True)


def _case(
    rng: torch.Generator,
    claim: str,
    shape: tuple[int, int, int, int],
    kind: str,
    scale: float = 1.0,
    turned: bool = False,
    dtype: torch.dtype = torch.float64,
    meta: bool = False,
    **options: Any,
) -> Case:
    steps, batch, inputs, units = shape

    def drawn(*size: int) -> torch.Tensor:
        return torch.randn(*size, generator=rng, dtype=dtype)

    x, state = drawn(steps, batch, inputs), units * (2 if kind == "joint" else 1)
    if kind == "forgetting":
        x[..., 0] = x[..., 0].abs() + 0.1
        x[steps // 2, 1, 0] = -0.5
    if kind == "idling":
        x[[1, 3]] = 0.0
    u = torch.eye(units, dtype=dtype) if turned else drawn(units, units) / units**0.5
    tensors = {
        "x": x, "h0": drawn(batch, state), "w": 0.6 * drawn(units, inputs) / inputs**0.5, "u": scale * u,
        "b": 0.3 * drawn(units), "target": drawn(batch, state),
    }  # fmt: skip
    rtol, atol = (2e-4, 2e-4) if dtype == torch.float32 else (1e-7, 1e-9)
    return Case(claim, tensors, {"kind": kind, **options}, meta=meta, rtol=rtol, atol=atol)
