"""The task of project rnn: say which character comes next."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import torch
from jaxtyping import Int
from torch import Tensor
from torch.nn.functional import cross_entropy

from models.char_model import CharModel
from models.datasets.text import TextDataset
from models.placement import Placement
from models.precision import autocast, resolved_precision
from models.recurrent_assembly import Recurrent
from models.recurrent_parts import RecurrentParts
from models.tasks.given_by_parts import EVERY, loss_of, refuse_a_look_ahead, state_of, windows_of
from models.tasks.recipe_steps import RecipeSteps
from models.tasks.recurrent_recipe import adam, clipped_update
from models.tasks.task_errors import SettingsUnfit
from models.twins import EXAMPLES

EVALUATION_ROWS, EVALUATION_LENGTH = 32, 512
LOOKS = 8
_SHIFTING = 1  # a purpose of random numbers; see Placement.generator


class Windows(NamedTuple):
    """Characters and the next ones."""

    ids: Int[Tensor, "B T"]
    targets: Int[Tensor, "B T"]


class CharacterModel(RecipeSteps):
    """The learner's windows, layers, loss and clipping; a state that is carried from batch to batch.

    An epoch is one walk over the text in `batch_size` rows side by side. It begins up to `length` characters late, by
    chance, so that the windows of two epochs are cut at other places.
    """

    def __init__(
        self,
        net: CharModel,
        recurrent: Recurrent,
        parts: RecurrentParts,
        dataset: TextDataset,
        settings: Mapping[str, Any],
        seed: int,
        placement: Placement,
    ) -> None:
        self.settings, self.placement, self.dataset, self.parts = settings, placement, dataset, parts
        self.seed, self.recurrent = seed, recurrent
        placement.check_batch(settings["batch_size"])
        self.steps_per_epoch = _steps_per_epoch(len(dataset.train_ids), settings)
        self.total_steps = settings["iterations"] or settings["epochs"] * self.steps_per_epoch
        self.net = net.to(placement.device)
        self.model = self.net
        self.twins = recurrent.twins_in(self.model)
        if recurrent.pair:
            recurrent.pair.own.to(placement.device)
        self.optimizer = adam(self.model, settings)
        self.precision = resolved_precision(settings["precision"], placement.device)
        self.updating = clipped_update(
            self.model, self.optimizer, settings, self.precision, placement, parts["clip_grad_norm"]
        )
        self.carried: Any = None
        self._epoch, self._windows, self._losses = -1, [], 0

    @property
    def examples_per_step(self) -> int:
        """Characters."""
        return self.settings["batch_size"] * self.settings["length"]

    def next_batch(self, step: int) -> Windows:
        """The next window of every row; a new epoch starts from no state."""
        epoch, place = divmod(step, self.steps_per_epoch)
        if place == 0 or not self.settings["carry"]:
            self.carried = None
        if epoch != self._epoch:
            self._epoch, self._windows = epoch, self._cut(epoch)
        ids, targets = self._windows[place]
        device = self.placement.device
        return Windows(self.placement.share(ids).to(device), self.placement.share(targets).to(device))

    def loss(self, batch: Windows) -> tuple[Tensor, dict[str, float]]:
        """The mean negative log-likelihood in nats per character, by the learner's nll."""
        self.model.train()
        with autocast(self.precision, self.placement.device):
            logits, state = self.model(batch.ids, self.carried)  # (B, T, V)
        self.carried = state_of(state)  # torch's fused layers hand on the graph of all batches before
        self._losses += 1
        return loss_of(self.parts["nll"], logits.float(), batch.targets, self._losses % EVERY == 1), {}

    def finish(self) -> None:
        """The run ends with its last weights."""

    def due_evaluation(self, step: int) -> str:
        """With a validation text the held-out one is looked at once, at the end."""
        if step == self.total_steps:
            return "held_out"
        if step % self._evaluate_every:
            return ""
        return "validation" if len(self.dataset.validation_ids) else "held_out"

    @property
    def _evaluate_every(self) -> int:
        """After so many epochs; where that is the usual one, eight looks in a run at least."""
        every = self.settings["evaluate_every_epochs"]
        if every > 1:
            return every * self.steps_per_epoch
        return min(self.steps_per_epoch, max(1, self.total_steps // LOOKS))

    @torch.no_grad()
    def evaluate(self, kind: str = "held_out") -> dict[str, float]:
        """Nats and bits per character over the whole text, in evaluation mode and float32.

        The text lies in 32 rows side by side, each read from its start by a state of zeros; fewer than 32 characters
        at its end are left out.
        """
        self.model.eval()
        ids = self.dataset.held_out_ids if kind == "held_out" else self.dataset.validation_ids
        rows = min(EVALUATION_ROWS, max(1, (len(ids) - 1) // 2))
        width = (len(ids) - 1) // rows
        text = ids[: rows * width + 1].to(self.placement.device)
        x = self.placement.share(text[:-1].view(rows, width))
        y = self.placement.share(text[1:].view(rows, width))
        if self.twins is None and len(x):  # torch's own layers do not
            refuse_a_look_ahead(self.model, x[:, :EVALUATION_LENGTH], len(self.dataset.symbols))
        total, state = 0.0, None
        for start in range(0, width if len(x) else 0, EVALUATION_LENGTH):
            part = slice(start, start + EVALUATION_LENGTH)
            logits, state = self.model(x[:, part], state)
            total += float(cross_entropy(logits.flatten(0, 1), y[:, part].flatten(), reduction="sum"))
        self.model.train()
        (total,) = self.placement.total([total])
        nats = total / (rows * width)
        return {"loss": nats, "bits_per_character": nats / math.log(2)}

    @property
    def held_out_examples(self) -> int:
        """Characters."""
        return len(self.dataset.held_out_ids)

    def held_out_batch(self) -> Windows:
        """A few rows of the held-out text, to look at the twins with."""
        length = min(self.settings["length"], (len(self.dataset.held_out_ids) - 1) // EXAMPLES)
        text = self.dataset.held_out_ids[: EXAMPLES * length + 1].to(self.placement.device)
        return Windows(text[:-1].view(EXAMPLES, length), text[1:].view(EXAMPLES, length))

    def verify_twins(self, batch: Windows) -> dict[str, float]:
        """The largest difference between torch's layers and the learner's on these characters."""
        return self.twins.verify(batch.ids) if self.twins else {}

    def state(self) -> dict[str, Any]:
        """All of the task's own progress: the state that the next batch goes on from.

        Of several processes one writes, and the rows of the others are not its own: then none is kept.
        """
        return {"carried": self.carried if self.placement.processes == 1 else None, **self.updating.state()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where `state` was taken; several processes go on from states of zeros."""
        alone = self.placement.processes == 1 and state["carried"] is not None
        self.carried = _moved(state["carried"], self.placement.device) if alone else None
        self.updating.restore(state)

    def _cut(self, epoch: int) -> Sequence[Windows]:
        """The windows of one epoch, by the learner's `batches`."""
        generator = self.placement.generator(self.seed * 100_003 + epoch, _SHIFTING)
        late = int(torch.randint(self.settings["length"], (), generator=generator))
        size, length = self.settings["batch_size"], self.settings["length"]
        ids = self.dataset.train_ids[late : late + self.steps_per_epoch * size * length + 1]
        return [Windows(*pair) for pair in windows_of(self.parts["batches"], ids, size, length)]


def _moved(state: Any, device: torch.device) -> Any:
    return state.to(device) if isinstance(state, Tensor) else tuple(_moved(part, device) for part in state)


def _steps_per_epoch(characters: int, settings: Mapping[str, Any]) -> int:
    size, length = settings["batch_size"], settings["length"]
    steps = (characters - 1 - length) // (size * length)
    if steps < 1:
        thing = f"{size} rows of {length} characters are more than the {characters:,} there are to train on."
        raise SettingsUnfit(thing, "--set batch_size, length", "set one of them smaller")
    return steps
