"""What a training image looks like when a net sees it: another crop each time, mirrored or not, at first smaller."""

from collections.abc import Mapping
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from models.datasets.images import ImageDataset
from models.recipe import random_crop, random_mirror
from models.schedules import image_size


class TrainingViews:
    """The recipe's views of standardised images; `padding_value` is what stands beyond their border."""

    def __init__(
        self,
        dataset: ImageDataset,
        settings: Mapping[str, Any],
        padding_value: float,
        generator: torch.Generator,
        mirroring: torch.Generator,
    ) -> None:
        self.dataset, self.settings, self.padding_value, self.generator = dataset, settings, padding_value, generator
        self._first_mirrored = torch.rand(len(dataset.train_labels), generator=mirroring) < 0.5

    def view(self, images: Float[Tensor, "B C H W"], chosen: Int[Tensor, " B"], epoch: int) -> Float[Tensor, "B C H W"]:
        """Images number `chosen` of the training set as they are seen in this epoch."""
        if not self.settings["augment"]:
            return images
        images = random_crop(images, self.dataset.crop_padding, self.padding_value, self.generator)
        if not self.dataset.mirrors:
            return images
        if self.settings["mirroring"] == "random":
            return random_mirror(images, self.generator)
        return self._alternately_mirrored(images, chosen, epoch)

    def _alternately_mirrored(self, images: Tensor, chosen: Tensor, epoch: int) -> Tensor:
        """Two epochs in a row show both sides of every image, where chance would show one of them twice.

        Jordan 2024 (2404.00498), section 3.6.
        """
        mirrored = self._first_mirrored[chosen] ^ (epoch % 2 == 1)
        return torch.where(mirrored.to(images.device)[:, None, None, None], images.flip(-1), images)


def resized(
    images: Float[Tensor, "B C H W"], settings: Mapping[str, Any], step: int, total_steps: int
) -> Float[Tensor, "B C S S"]:
    """The images at the size of this step: each new pixel is a weighted mean of those that it covers."""
    full = images.shape[-1]
    side = image_size(step, total_steps, settings["first_size"] or full, full, settings["grown_after"])
    if side == full:
        return images
    return nn.functional.interpolate(images, (side, side), mode="bilinear", antialias=True)
