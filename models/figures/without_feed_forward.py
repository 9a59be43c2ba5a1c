"""One layer of attention that must find two digits and compute with them: with the feed-forward, and without it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from models.attention import attention
from models.feed_forward import FeedForward
from models.figures.settings import SEEDS, chosen_settings
from models.figures.threads import one_thread
from models.multi_head_attention import MultiHeadAttention

DIGITS, PLACES, MARKED = 5, 6, 2
STEPS, BATCH, RATE, NOTED, TESTED = 300, 128, 3e-3, 10, 1000
WIDTH, WIDER = 32, 56  # 4 x 56^2 weights of attention alone are about 12 x 32^2 of attention and feed-forward
ARMS = ("with it", "no ReLU", "without", "wider")
SETTINGS = {
    "task": ("sum mod 5", "sum"),
    "keys": ("marks", "all"),
    "heads": (1, 4),
    "seed": SEEDS,
    "arm": ARMS,
}


@dataclass(frozen=True)
class Batch:
    """Digits at six places, two of which are marked, and what is to be said of those two."""

    digits: Int[Tensor, "B n"]
    marks: Int[Tensor, "B n"]  # 1 where a digit counts
    said: Int[Tensor, " B"]


class OneLayer(nn.Module):
    """A question that attends to six places, and what is made of the answer.

        x = ask + attention(ask, keys, digits)      x = x + F(x)      logits = x W + b

    F is the feed-forward, the same without its ReLU, or nothing. The keys are the marks, and with `keys_see_digits`
    marks and digits added up; the values likewise. No norm, so that nothing else is curved.
    """

    def __init__(self, width: int, heads: int, arm: str, answers: int, keys_see_digits: bool) -> None:
        super().__init__()
        self.keys_see_digits = keys_see_digits
        self.digits, self.marks = nn.Embedding(DIGITS, width), nn.Embedding(2, width)
        self.ask = nn.Parameter(torch.randn(width))
        self.attention = MultiHeadAttention(width, heads, attention)
        self.feed_forward = {"with it": FeedForward, "no ReLU": Straight}.get(arm, Nothing)(width, 4 * width)
        self.out = nn.Linear(width, answers)

    def forward(self, digits: Int[Tensor, "B n"], marks: Int[Tensor, "B n"]) -> Float[Tensor, "B answers"]:
        keys, values = self.marks(marks), self.digits(digits)
        if self.keys_see_digits:
            keys = values = keys + values
        ask = self.ask.expand(len(digits), 1, -1)
        x = ask + self.attention(ask, keys, values)[0]  # (B, 1, d)
        return self.out(x + self.feed_forward(x))[:, 0]

    def sublayer_weights(self) -> int:
        """Weights and biases of attention and feed-forward: what an encoder layer is made of."""
        parts = [*self.attention.parameters(), *self.feed_forward.parameters()]
        return sum(part.numel() for part in parts)


class Straight(FeedForward):
    """Both matrices and no bend: one linear map, however many weights it has."""

    def forward(self, x: Float[Tensor, "*B d"]) -> Float[Tensor, "*B d"]:
        return self.w_2(self.w_1(x))


class Nothing(nn.Module):
    """x + 0."""

    def __init__(self, _d_model: int, _d_ff: int) -> None:
        super().__init__()

    def forward(self, x: Float[Tensor, "*B d"]) -> Float[Tensor, "*B d"]:
        return torch.zeros_like(x)


@one_thread()
def answer(question: dict[str, Any]) -> dict[str, Any]:
    """One arm, trained for 300 batches of 128: its losses, its share of right answers, and what it says to each pair.

    Asked: task, keys (what they see), heads, seed, arm. `losses` are means over ten batches each; `right` is of 1,000
    fresh ones; `says[a][b]` is the likeliest answer where a and b are marked; `chance` is the loss of the best answer
    that looks at nothing, the entropy of what is to be said.
    """
    settings = chosen_settings(question, SETTINGS)
    net, losses = trained(**settings)
    right, says = judged(net, settings["task"])
    return {
        "settings": settings,
        "iterations": STEPS,
        "losses": losses,
        "right": round(right, 4),
        "says": says,
        "chance": round(entropy(settings["task"]), 4),
        "weights": net.sublayer_weights(),
    }


@one_thread()
def trained(task: str, keys: str, heads: int, seed: int, arm: str) -> tuple[OneLayer, list[float]]:
    """A net of its own, and its losses."""
    torch.manual_seed(seed)
    answers = DIGITS if task == "sum mod 5" else MARKED * (DIGITS - 1) + 1
    net = OneLayer(WIDER if arm == "wider" else WIDTH, heads, arm, answers, keys == "all")
    generator = torch.Generator().manual_seed(seed)
    optimizer, losses = torch.optim.Adam(net.parameters(), lr=RATE), []
    for _ in range(STEPS):
        batch = drawn(BATCH, task, generator)
        loss = nn.functional.cross_entropy(net(batch.digits, batch.marks), batch.said)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return net, [float(f"{sum(losses[k : k + NOTED]) / NOTED:.3g}") for k in range(0, STEPS, NOTED)]


def drawn(size: int, task: str, generator: torch.Generator) -> Batch:
    """Digits drawn evenly, two places drawn without putting back."""
    digits = torch.randint(0, DIGITS, (size, PLACES), generator=generator)
    places = torch.rand(size, PLACES, generator=generator).argsort(1)[:, :MARKED]
    marks = torch.zeros_like(digits).scatter(1, places, 1)
    return Batch(digits, marks, _said(digits.gather(1, places), task))


@torch.no_grad()
def judged(net: OneLayer, task: str) -> tuple[float, list[list[int]]]:
    """The share of right answers to fresh batches, and the answer to each pair at the first two places."""
    fresh = drawn(TESTED, task, torch.Generator().manual_seed(TESTED))
    right = (net(fresh.digits, fresh.marks).argmax(-1) == fresh.said).float().mean().item()
    pairs = torch.cartesian_prod(torch.arange(DIGITS), torch.arange(DIGITS))
    digits = torch.cat([pairs, torch.zeros(len(pairs), PLACES - MARKED, dtype=torch.long)], dim=1)
    marks = torch.zeros_like(digits)
    marks[:, :MARKED] = 1
    return right, net(digits, marks).argmax(-1).view(DIGITS, DIGITS).tolist()


@cache
def entropy(task: str) -> float:
    """Of what is to be said, in nats: -sum p ln p over all pairs."""
    pairs = torch.cartesian_prod(torch.arange(DIGITS), torch.arange(DIGITS))
    shares = _said(pairs, task).bincount().double() / len(pairs)
    return float(-(shares * shares.log()).sum())


def _said(two: Int[Tensor, "B 2"], task: str) -> Int[Tensor, " B"]:
    return two.sum(1) % DIGITS if task == "sum mod 5" else two.sum(1)
