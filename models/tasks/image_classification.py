"""The task of project cnn: say what an image shows."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import torch
from jaxtyping import Float, Int, Shaped
from torch import Tensor, nn

from models.datasets.images import ImageDataset, Standardisation
from models.datasets.shuffled_batches import ShuffledBatches
from models.placement import Placement
from models.precision import autocast, resolved_precision
from models.tasks.recipe_steps import RecipeSteps
from models.tasks.task_errors import NetMisbehaves, SettingsUnfit
from models.tasks.training_views import TrainingViews, resized
from models.twins import EXAMPLES, Twins
from models.weight_update import WeightUpdate

EVALUATION_BATCH = 500
_BATCHES_TO_MEASURE = 100  # by momentum 0.1 of the course's batch norm, 0.9^100 = 3e-5 of what was there remains
_SHUFFLING, _AUGMENTING, _MIRRORING = 1, 2, 3  # purposes of random numbers; see Placement.generator


class Batch(NamedTuple):
    """Standardised images and their class numbers."""

    images: Float[Tensor, "B C H W"]
    labels: Int[Tensor, " B"]


class ImageClassification(RecipeSteps):
    """Cross entropy over classes, SGD with momentum, and a held-out set that never picks the epoch."""

    def __init__(
        self,
        net: nn.Module,
        twins: Twins | None,
        dataset: ImageDataset,
        settings: Mapping[str, Any],
        seed: int,
        placement: Placement,
    ) -> None:
        self.settings, self.placement, self.dataset, self.twins = settings, placement, dataset, twins
        self.standardise = Standardisation(dataset.train_images, settings["mean"])
        self._data_device = placement.device if settings["data_on_device"] else torch.device("cpu")
        self._train = (dataset.train_images.to(self._data_device), dataset.train_labels.to(self._data_device))
        placement.check_batch(settings["batch_size"])
        self.batches = _batches(len(dataset.train_labels), settings, placement.generator(seed, _SHUFFLING))
        self.augmenting = placement.generator(seed, _AUGMENTING)
        border = self.standardise.black() if dataset.black_border else 0.0
        mirroring = placement.generator(seed, _MIRRORING)
        self.views = TrainingViews(dataset, settings, border, self.augmenting, mirroring)
        self.total_steps = settings["iterations"] or settings["epochs"] * self.batches.batches_per_epoch
        self.memory_format = torch.contiguous_format
        self.model = net.to(placement.device)
        for pair in twins.pairs if twins else ():
            pair.own.to(placement.device)
        if twins is not None and settings["channels_last"]:
            self._try_channels_last()
        self.optimizer = _sgd(self.model, settings)
        self.precision = resolved_precision(settings["precision"], placement.device)
        self.updating = WeightUpdate(self.model, self.optimizer, self.precision, settings["average"], placement)

    @cached_property
    def _in_training(self) -> Callable[[Tensor], Tensor]:
        """Compiled for the steps alone: parameters keep their names, and an evaluation stays the net's own code."""
        return torch.compile(self.model) if self.settings["compile"] else self.model

    @property
    def examples_per_step(self) -> int:
        return self.batches.batch_size

    def next_batch(self, step: int) -> Batch:
        """The next images, cropped, mirrored and resized where the recipe says so.

        Every process makes the whole batch and keeps its share, so that chance falls as it does in one process.
        """
        chosen = self.batches.next_indices()
        images, labels = self._train
        there = chosen.to(self._data_device)
        x = self.views.view(self.prepare(images[there]), chosen, step // self.batches.batches_per_epoch)
        x = resized(self.placement.share(x), self.settings, step, self.total_steps)
        y = self.placement.share(labels[there]).to(self.placement.device)
        return Batch(x.contiguous(memory_format=self.memory_format), y)

    def prepare(self, images: Shaped[Tensor, "B C H W"]) -> Float[Tensor, "B C H W"]:
        """Images as the net gets them, without chance."""
        x = self.standardise(images.to(self.placement.device))
        return x.contiguous(memory_format=self.memory_format)

    def loss(self, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        """The mean cross entropy of a batch in training, and the share of images named rightly."""
        self.model.train()
        with autocast(self.precision, self.placement.device):
            scores = self._scores(batch.images, self._in_training)
        scores = scores.float()
        loss = nn.functional.cross_entropy(scores, batch.labels, label_smoothing=self.settings["label_smoothing"])
        return loss, {"accuracy": float((scores.argmax(1) == batch.labels).float().mean())}

    @torch.no_grad()
    def finish(self) -> None:
        """Where the recipe averages weights, the mean is what remains, with activations measured anew.

        The running statistics belong to the weights of the last steps. They are exponential means themselves, so
        that after enough batches in training mode nothing is left of them.
        """
        if self.updating.average is None:
            return
        self.updating.average.copy_into_model()
        self.model.train()
        for _ in range(_BATCHES_TO_MEASURE):
            self.model(self.next_batch(self.total_steps).images)
        self.placement.average_(self.model.buffers())

    def due_evaluation(self, step: int) -> str:
        """With a validation set the held-out one is looked at once, at the end."""
        every = self.settings["evaluate_every_epochs"] * self.batches.batches_per_epoch
        if step == self.total_steps:
            return "held_out"
        if step % every:
            return ""
        return "validation" if len(self.dataset.validation_labels) else "held_out"

    @torch.no_grad()
    def evaluate(self, kind: str = "held_out") -> dict[str, float]:
        """Mean cross entropy and accuracy over all held-out or validation images, in evaluation mode and float32."""
        self.model.eval()
        images, labels = self.dataset.judged_by(kind)
        labels = labels.to(self.placement.device)
        loss = right = 0.0
        for start in range(0, len(labels), EVALUATION_BATCH)[self.placement.rank :: self.placement.processes]:
            part = slice(start, start + EVALUATION_BATCH)
            scores = self._scores(self.prepare(images[part]))
            loss += float(nn.functional.cross_entropy(scores, labels[part], reduction="sum"))
            right += float((scores.argmax(1) == labels[part]).sum())
        self.model.train()
        loss, right = self.placement.total([loss, right])
        return {"loss": loss / len(labels), "accuracy": right / len(labels)}

    @property
    def held_out_examples(self) -> int:
        """Images."""
        return len(self.dataset.held_out_labels)

    def held_out_batch(self) -> Batch:
        """A few held-out images, to look at the twins with."""
        images, labels = self.dataset.held_out_images[:EXAMPLES], self.dataset.held_out_labels[:EXAMPLES]
        return Batch(self.prepare(images), labels)

    def verify_twins(self, batch: Batch) -> dict[str, float]:
        return self.twins.verify(batch.images) if self.twins else {}

    def state(self) -> dict[str, Any]:
        """All of the task's own chance and progress; the net and the optimiser are saved by the trainer."""
        return {"batches": self.batches.state(), "augmenting": self.augmenting.get_state(), **self.updating.state()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where `state` was taken."""
        self.batches.restore(state["batches"])
        self.augmenting.set_state(state["augmenting"])
        self.updating.restore(state)

    def _scores(self, images: Tensor, net: Callable[[Tensor], Tensor] | None = None) -> Tensor:
        scores = (net or self.model)(images)  # (B, K)
        wanted = (len(images), len(self.dataset.class_names))
        if not isinstance(scores, Tensor) or scores.shape != wanted:
            got = tuple(scores.shape) if isinstance(scores, Tensor) else type(scores).__name__
            thing = f"The net answers with {got}, and {wanted} is one score per image and class."
            raise NetMisbehaves(thing, "ResNet.forward", "check it: phase3-tutor check cnn/resnet")
        return scores

    @torch.no_grad()
    def _try_channels_last(self) -> None:
        """Keep images pixel by pixel in memory where the learner's own forward code can take it."""
        x = self.prepare(self.dataset.train_images[:2]).contiguous(memory_format=torch.channels_last)
        self.model.to(memory_format=torch.channels_last).eval()
        try:
            self.model(x)
        except RuntimeError:  # .view of such an image is an error; right code must not fail for our speed's sake
            self.model.to(memory_format=torch.contiguous_format)
        else:
            self.memory_format = torch.channels_last


def _batches(examples: int, settings: Mapping[str, Any], generator: torch.Generator) -> ShuffledBatches:
    size = settings["batch_size"]
    if size > examples:
        thing = f"A batch of {size} is larger than the {examples:,} training images there are."
        raise SettingsUnfit(thing, "--set batch_size", f"set batch_size to {examples} or less")
    return ShuffledBatches(examples, size, generator)


def _sgd(model: nn.Module, settings: Mapping[str, Any]) -> torch.optim.SGD:
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    decayed = [parameter for parameter in parameters if parameter.ndim >= 2 or settings["decay_norms"]]
    kept = [parameter for parameter in parameters if not any(parameter is other for other in decayed)]
    groups = [{"params": decayed, "weight_decay": settings["weight_decay"]}]
    if kept:
        groups.append({"params": kept, "weight_decay": 0.0})
    return torch.optim.SGD(groups, lr=settings["peak_lr"], momentum=settings["momentum"], nesterov=settings["nesterov"])
