"""The task of project cnn: say what an image shows."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import torch
from jaxtyping import Float, Int, Shaped
from torch import Tensor, nn

from models.datasets.images import ImageDataset, Standardisation
from models.datasets.shuffled_batches import ShuffledBatches
from models.placement import Placement
from models.recipe import random_crop, random_mirror
from models.run_errors import RunError
from models.schedules import SCHEDULES
from models.twins import Twins

EVALUATION_BATCH = 500
_SHUFFLING, _AUGMENTING = 1, 2  # purposes of random numbers; see Placement.generator


class SettingsUnfit(RunError):
    """The settings do not go with the data."""


class NetMisbehaves(RunError):
    """The net's answer is no score per class."""


class Batch(NamedTuple):
    """Standardised images and their class numbers."""

    images: Float[Tensor, "B C H W"]
    labels: Int[Tensor, " B"]


class ImageClassification:
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
        self._train = (dataset.train_images.to(placement.device), dataset.train_labels.to(placement.device))
        self.batches = _batches(len(dataset.train_labels), settings, placement.generator(seed, _SHUFFLING))
        self.augmenting = placement.generator(seed, _AUGMENTING)
        self.total_steps = settings["iterations"] or settings["epochs"] * self.batches.batches_per_epoch
        self.memory_format = torch.contiguous_format
        self.model = net.to(placement.device)
        for pair in twins.pairs if twins else ():
            pair.own.to(placement.device)
        if twins is not None and settings["channels_last"]:
            self._try_channels_last()
        self.optimizer = _sgd(self.model, settings)

    @property
    def examples_per_step(self) -> int:
        return self.batches.batch_size

    def next_batch(self) -> Batch:
        """The next images, cropped and mirrored at random where the recipe says so."""
        chosen = self.placement.share(self.batches.next_indices()).to(self.placement.device)
        images, labels = self._train
        x = self.prepare(images[chosen])
        if self.settings["augment"]:
            fill = self.standardise.black() if self.dataset.black_border else 0.0
            x = random_crop(x, self.dataset.crop_padding, fill, self.augmenting)
            if self.dataset.mirrors:
                x = random_mirror(x, self.augmenting)
        return Batch(x.contiguous(memory_format=self.memory_format), labels[chosen])

    def prepare(self, images: Shaped[Tensor, "B C H W"]) -> Float[Tensor, "B C H W"]:
        """Images as the net gets them, without chance."""
        x = self.standardise(images.to(self.placement.device))
        return x.contiguous(memory_format=self.memory_format)

    def loss(self, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        """The mean cross entropy of a batch in training, and the share of images named rightly."""
        self.model.train()
        scores = self._scores(batch.images)
        loss = nn.functional.cross_entropy(scores, batch.labels, label_smoothing=self.settings["label_smoothing"])
        return loss, {"accuracy": float((scores.argmax(1) == batch.labels).float().mean())}

    def learning_rate(self, step: int) -> float:
        schedule = SCHEDULES[self.settings["schedule"]]
        return schedule(step, self.total_steps, self.settings["peak_lr"], self.settings["warmup"])

    def is_evaluation_due(self, step: int) -> bool:
        every = self.settings["evaluate_every_epochs"] * self.batches.batches_per_epoch
        return step % every == 0 or step == self.total_steps

    @torch.no_grad()
    def evaluate(self) -> dict[str, float]:
        """Mean cross entropy and accuracy over all held-out images, in evaluation mode."""
        self.model.eval()
        labels = self.dataset.held_out_labels.to(self.placement.device)
        loss = right = 0.0
        for start in range(0, len(labels), EVALUATION_BATCH):
            part = slice(start, start + EVALUATION_BATCH)
            scores = self._scores(self.prepare(self.dataset.held_out_images[part]))
            loss += float(nn.functional.cross_entropy(scores, labels[part], reduction="sum"))
            right += float((scores.argmax(1) == labels[part]).sum())
        self.model.train()
        return {"loss": loss / len(labels), "accuracy": right / len(labels)}

    def verify_twins(self, batch: Batch) -> dict[str, float]:
        return self.twins.verify(batch.images) if self.twins else {}

    def state(self) -> dict[str, Any]:
        """All of the task's own chance and progress; the net and the optimiser are saved by the trainer."""
        return {"batches": self.batches.state(), "augmenting": self.augmenting.get_state()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where `state` was taken."""
        self.batches.restore(state["batches"])
        self.augmenting.set_state(state["augmenting"])

    def _scores(self, images: Tensor) -> Tensor:
        scores = self.model(images)  # (B, K)
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
