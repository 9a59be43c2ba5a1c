"""A character model: what comes next, said by recurrent layers between an embedding and a linear layer."""

from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from models.tasks.task_errors import NetMisbehaves


class CharModel(nn.Module):
    """Scores for the next character after each of a text, and the state to go on from.

        x = dropout(E[ids]),   out, state = layers(x, state),   logits = dropout(out) W^T + b

    Shapes: ids (B, T), logits (B, T, V); the state is the layers' own, (L, B, H) or a pair of it, None for zeros.
    Symbols: V characters, L layers, H units. Karpathy, Johnson and Fei-Fei 2015 (arXiv 1506.02078), section 3.1.
    """

    def __init__(self, layers: nn.Module, symbols: int, embedding: int, hidden: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.embedding = nn.Embedding(symbols, embedding)
        self.dropout = nn.Dropout(dropout)
        self.layers = layers
        self.head = nn.Linear(hidden, symbols)

    @torch.no_grad()
    def draw_ends(self, generator: torch.Generator) -> None:
        """First weights of the two ends, from this generator alone: E ~ N(0, 1), W uniform by 1/sqrt(H), b = 0."""
        self.embedding.weight.copy_(torch.randn(self.embedding.weight.shape, generator=generator))
        draw_head(self.head, generator)

    def forward(self, ids: Int[Tensor, "B T"], state: Any = None) -> tuple[Float[Tensor, "B T V"], Any]:
        out, state = self._read(self.dropout(self.embedding(ids)), state)  # (B, T, H)
        return self.head(self.dropout(out)), state

    def _read(self, x: Float[Tensor, "B T D"], state: Any) -> tuple[Float[Tensor, "B T H"], Any]:
        """What the layers give, if it is an output for every step and a state."""
        given = self.layers(x, state)
        out = given[0] if isinstance(given, tuple | list) and len(given) == 2 else None
        shape = (*x.shape[:2], self.head.in_features)
        if not isinstance(out, Tensor) or out.shape != shape or out.dtype.itemsize > x.dtype.itemsize:
            got = f"{tuple(out.shape)} of {out.dtype}" if isinstance(out, Tensor) else "no pair"
            thing = f"The layers give {got}, not an output of shape {shape} in {x.dtype} and a state."
            raise NetMisbehaves(thing, "forward", "check it: phase3-tutor check rnn")
        return out, given[1]


@torch.no_grad()
def draw_head(head: nn.Linear, generator: torch.Generator) -> None:
    """First weights of a last layer: W uniform in [-1/sqrt(H), 1/sqrt(H)], b = 0."""
    bound = head.in_features**-0.5
    head.weight.copy_(torch.rand(head.weight.shape, generator=generator) * 2 * bound - bound)
    head.bias.zero_()
