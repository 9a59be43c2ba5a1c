"""The tasks that show what a memory is good for: one sequence in, and an answer that only its far end can give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from models.char_model import draw_head
from models.datasets.adding import adding_batch
from models.datasets.copying import NUM_COPIED, NUM_SYMBOLS, copying_batch
from models.placement import Placement
from models.precision import autocast, resolved_precision
from models.recurrent_assembly import Recurrent
from models.recurrent_parts import RecurrentParts
from models.tasks.recipe_steps import RecipeSteps
from models.tasks.recurrent_recipe import adam, clipped_update
from models.twins import EXAMPLES

HELD_OUT, EVALUATION_BATCH = 1000, 250
NEAR = 0.04  # an answer to the adding task counts as right within this; Hochreiter and Schmidhuber 1997, section 5.4
_DRAWING, _HELD_OUT_SEED = 1, 7919  # the held-out sequences are the same for every run


class Sequences(NamedTuple):
    """What the net reads, and what it should answer at the end."""

    x: Float[Tensor, "B T D"]
    y: Tensor  # (B,) or (B, A)


class LongRangeData:
    """Made as it is needed, so that no sequence comes twice; what a run's config says of it."""

    def __init__(self, name: str, length: int) -> None:
        self.name, self.length = name, length

    def facts(self) -> dict[str, Any]:
        """Name and size; its checksum is that of the rule, not of bytes."""
        return {
            "name": f"{self.name}, T = {self.length}",
            "source": "made as it is needed",
            "checksum": f"rule:{self.name}-{self.length}",
            "comparable": False,
            "examples": {"held_out": HELD_OUT},
        }


@dataclass(frozen=True)
class LongRangeTask:
    """One of the two: its batches, the width of what goes in and comes out, its loss and what counts as right."""

    inputs: int
    outputs: int
    batch: Callable[[int, int, torch.Generator], tuple[Tensor, Tensor]]  # (T, B, generator) -> x, y
    asked: int  # how many of the last steps are to be answered
    loss: Callable[[Tensor, Tensor], Tensor]
    right: Callable[[Tensor, Tensor], Tensor]


def _as_inputs(length: int, size: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    ids, targets = copying_batch(length, size, generator)  # (B, T + 2 N), (B, N)
    return nn.functional.one_hot(ids, NUM_SYMBOLS).float(), targets


LONG_RANGE_TASKS = {
    "adding": LongRangeTask(
        inputs=2,
        outputs=1,
        batch=adding_batch,
        asked=1,
        loss=lambda answer, y: nn.functional.mse_loss(answer[:, -1, 0], y),
        right=lambda answer, y: (answer[:, -1, 0] - y).abs() < NEAR,
    ),
    "copy": LongRangeTask(
        inputs=NUM_SYMBOLS,
        outputs=NUM_SYMBOLS,
        batch=_as_inputs,
        asked=NUM_COPIED,
        loss=lambda answer, y: nn.functional.cross_entropy(answer.flatten(0, 1), y.flatten()),
        right=lambda answer, y: (answer.argmax(-1) == y).float().mean(1),
    ),
}


class Reader(nn.Module):
    """Recurrent layers that read a sequence, and a linear layer that answers at its last steps."""

    def __init__(self, layers: nn.Module, hidden: int, outputs: int, asked: int) -> None:
        super().__init__()
        self.layers, self.asked = layers, asked
        self.head = nn.Linear(hidden, outputs)

    def forward(self, x: Float[Tensor, "B T D"]) -> Float[Tensor, "B A O"]:
        out, _ = self.layers(x, None)  # (B, T, H)
        return self.head(out[:, -self.asked :])


class LongRange(RecipeSteps):
    """The adding or the copy task, with a span of `length` steps between what is shown and what is asked."""

    def __init__(
        self,
        wanted: LongRangeTask,
        recurrent: Recurrent,
        parts: RecurrentParts,
        settings: Mapping[str, Any],
        seed: int,
        placement: Placement,
        initialising: torch.Generator,
    ) -> None:
        self.wanted, self.settings, self.placement = wanted, settings, placement
        self.dataset = LongRangeData(settings["dataset"], settings["length"])
        self.recurrent, self.total_steps = recurrent, settings["iterations"]
        placement.check_batch(settings["batch_size"])
        net = Reader(recurrent.layers, settings["hidden"], wanted.outputs, wanted.asked)
        draw_head(net.head, initialising)
        self.model = net.to(placement.device)
        self.twins = recurrent.twins_in(self.model)
        if recurrent.pair:
            recurrent.pair.own.to(placement.device)
        self.optimizer = adam(self.model, settings)
        self.precision = resolved_precision(settings["precision"], placement.device)
        clip = parts["clip_grad_norm"]
        self.updating = clipped_update(self.model, self.optimizer, settings, self.precision, placement, clip)
        self.drawing = placement.generator(seed, _DRAWING)

    @property
    def examples_per_step(self) -> int:
        """Sequences."""
        return self.settings["batch_size"]

    @property
    def held_out_examples(self) -> int:
        """Sequences."""
        return HELD_OUT

    def next_batch(self, step: int) -> Sequences:
        """New sequences; every process draws all of them and keeps its share."""
        del step
        return self._placed(self.wanted.batch(self.settings["length"], self.settings["batch_size"], self.drawing))

    def loss(self, batch: Sequences) -> tuple[Tensor, dict[str, float]]:
        """Of the answers alone, and the share of right ones."""
        self.model.train()
        with autocast(self.precision, self.placement.device):
            answer = self.model(batch.x)
        answer = answer.float()
        seen = {"accuracy": float(self.wanted.right(answer, batch.y).float().mean())}
        return self.wanted.loss(answer, batch.y), seen

    def finish(self) -> None:
        """The run ends with its last weights."""

    def due_evaluation(self, step: int) -> str:
        """Ten looks in a run; none of them chooses a step."""
        return "held_out" if step == self.total_steps or step % max(1, self.total_steps // 10) == 0 else ""

    @torch.no_grad()
    def evaluate(self, kind: str = "held_out") -> dict[str, float]:
        """Loss, and the share of right answers, on a thousand sequences that no run trains on."""
        del kind
        self.model.eval()
        generator, sums = torch.Generator().manual_seed(_HELD_OUT_SEED), [0.0, 0.0]
        for _ in range(HELD_OUT // EVALUATION_BATCH):
            x, y = self._placed(self.wanted.batch(self.settings["length"], EVALUATION_BATCH, generator))
            answer = self.model(x)
            sums[0] += float(self.wanted.loss(answer, y)) * len(x)
            sums[1] += float(self.wanted.right(answer, y).float().sum())
        self.model.train()
        loss, right = self.placement.total(sums)
        return {"loss": loss / HELD_OUT, "accuracy": right / HELD_OUT}

    def held_out_batch(self) -> Sequences:
        """A few sequences, to look at the twins with."""
        generator = torch.Generator().manual_seed(_HELD_OUT_SEED)
        return self._placed(self.wanted.batch(self.settings["length"], EXAMPLES, generator))

    def verify_twins(self, batch: Sequences) -> dict[str, float]:
        """The largest difference between torch's layers and the learner's on these sequences."""
        return self.twins.verify(batch.x) if self.twins else {}

    def state(self) -> dict[str, Any]:
        """The task's own chance."""
        return {"drawing": self.drawing.get_state(), **self.updating.state()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where `state` was taken."""
        self.drawing.set_state(state["drawing"])
        self.updating.restore(state)

    def _placed(self, drawn: tuple[Tensor, Tensor]) -> Sequences:
        return Sequences(*(self.placement.share(each).to(self.placement.device) for each in drawn))
