"""A case: one input that separates right from wrong, and what it claims."""

from dataclasses import dataclass, field
from typing import Any

from torch import Tensor


@dataclass(frozen=True)
class Case:
    """What a submission is given once, and how exactly its observations must agree with the reference's.

    `tensors` and `arguments` reach the exercise's `observe` as keywords. `learner_parts` maps a keyword to one of the
    learner's own symbols ("conv": "cnn/conv.py:Conv2d"); observe's default for that keyword is torch's part.
    """

    claim: str
    tensors: dict[str, Tensor]
    arguments: dict[str, Any] = field(default_factory=dict)
    extreme: bool = False  # equal mathematics that breaks only here is fragile, not failed
    rtol: float = 1e-7
    atol: float = 1e-9
    learner_parts: dict[str, str] = field(default_factory=dict)
    default_dtype: str | None = None  # torch's own while the case runs, where it is not that of the tensors
    meta: bool = False  # every tensor on the meta device: shapes, dtypes and devices are compared, no values

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: tuple(tensor.shape) for name, tensor in self.tensors.items()}

    @property
    def dtype(self) -> str:
        """Name of the default dtype under which the case runs: as asked, else that of the first floating tensor."""
        if self.default_dtype:
            return self.default_dtype
        floating = [tensor.dtype for tensor in self.tensors.values() if tensor.is_floating_point()]
        return str(floating[0] if floating else "torch.float64").removeprefix("torch.")
