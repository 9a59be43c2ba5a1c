"""What a character model says, one character after another."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import torch
from jaxtyping import Int
from torch import Tensor

from models.char_model import CharModel
from models.tasks.given_by_parts import drawn_by


class Said(NamedTuple):
    """One character, and how likely it was by the temperature that it was drawn with."""

    id: int
    probability: float


@torch.no_grad()
def say(
    model: CharModel,
    prompt: Int[Tensor, " T"],
    length: int,
    temperature: float,
    sample: Callable[[Tensor, float, torch.Generator], Tensor],
    generator: torch.Generator,
) -> Iterator[Said]:
    """`length` characters after the prompt, each drawn by the learner's `sample` from softmax(logits / temperature)."""
    model.eval()
    logits, state = model(prompt[None], None)
    for _ in range(length):
        scores = logits[:, -1].float().cpu()  # (1, V); the generator lives on the CPU
        drawn = drawn_by(sample, scores, temperature, generator)
        yield Said(drawn, float((scores[0] / temperature).softmax(-1)[drawn]))
        logits, state = model(torch.tensor([[drawn]], device=prompt.device), state)
