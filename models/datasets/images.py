"""Labelled images, cut into those a net learns from and those that it is judged by."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from jaxtyping import Float, Int, Shaped
from torch import Tensor

_PIECE = 5000  # images summed at once: the statistics of 50,000 need no 600 MB of floats


@dataclass(frozen=True)
class ImageDataset:
    """Training and held-out images (N, C, H, W), bytes 0..255 or floats 0..1, with class numbers (N,)."""

    name: str
    source: str
    checksum: str
    comparable: bool  # whether an accuracy on it may be held against the paper's
    class_names: tuple[str, ...]
    train_images: Shaped[Tensor, "N C H W"]
    train_labels: Int[Tensor, " N"]
    held_out_images: Shaped[Tensor, "M C H W"]
    held_out_labels: Int[Tensor, " M"]
    crop_padding: int  # pixels added on each side before a random crop
    mirrors: bool  # whether a mirrored image still shows its class
    black_border: bool  # whether the added pixels are black, as the images' own border is, or the mean
    validation_images: Shaped[Tensor, "V C H W"] | None = None  # taken out of the training set
    validation_labels: Int[Tensor, " V"] = field(default_factory=lambda: torch.empty(0, dtype=torch.int64))

    @property
    def channels(self) -> int:
        return self.train_images.shape[1]

    def judged_by(self, kind: str) -> tuple[Shaped[Tensor, "M C H W"], Int[Tensor, " M"]]:
        """Images and labels of the "held_out" set or of the "validation" set."""
        if kind == "validation" and self.validation_images is not None:
            return self.validation_images, self.validation_labels
        assert kind == "held_out", kind
        return self.held_out_images, self.held_out_labels

    def with_validation(self, size: int, generator: torch.Generator) -> "ImageDataset":
        """Take `size` random images out of the training set, to look at while the held-out set stays unseen."""
        if size == 0:
            return self
        order = torch.randperm(len(self.train_labels), generator=generator)
        taken, kept = order[:size], order[size:].sort().values
        return replace(
            self,
            train_images=self.train_images[kept],
            train_labels=self.train_labels[kept],
            validation_images=self.train_images[taken],
            validation_labels=self.train_labels[taken],
        )

    def facts(self) -> dict[str, Any]:
        """What a run's config says about its data."""
        return {
            "name": self.name,
            "source": self.source,
            "checksum": self.checksum,
            "train": len(self.train_labels),
            "validation": len(self.validation_labels),
            "held_out": len(self.held_out_labels),
            "comparable": self.comparable,
        }


class Standardisation:
    """Shifts images by the training set's mean, and scales them by its deviation where that is per channel.

        x = (image / scale - mean) / std

    Shapes: mean and std (1, C, 1, 1) by "channel"; mean (1, C, H, W) and std 1 by "pixel".
    He et al. 2015 (1512.03385), section 4.2, subtracts the mean per pixel.
    """

    def __init__(self, images: Shaped[Tensor, "N C H W"], by: str) -> None:
        self.scale = 255.0 if images.dtype == torch.uint8 else 1.0
        total, squares = torch.zeros(2, *images.shape[1:], dtype=torch.float64)
        for piece in _pieces(images, self.scale):
            total += piece.sum(0)  # (C, H, W)
            squares += piece.square().sum(0)  # (C, H, W)
        mean, mean_square = total / len(images), squares / len(images)
        if by == "pixel":
            self.mean = mean.float()[None]  # (1, C, H, W)
            self.std = torch.ones(1, images.shape[1], 1, 1)
            return
        mean = mean.mean((1, 2), keepdim=True)[None]  # (1, C, 1, 1)
        variance = mean_square.mean((1, 2), keepdim=True)[None] - mean.square()  # (1, C, 1, 1)
        self.mean, self.std = mean.float(), variance.sqrt().float()

    def __call__(self, images: Shaped[Tensor, "B C H W"]) -> Float[Tensor, "B C H W"]:
        mean, std = self.mean.to(images.device), self.std.to(images.device)
        return (images.float() / self.scale - mean) / std

    def black(self) -> float:
        """The value that a black pixel becomes, averaged over channels."""
        return float((-self.mean / self.std).mean())


def _pieces(images: Tensor, scale: float) -> Iterator[Tensor]:
    for piece in images.split(_PIECE):
        yield piece.double() / scale
