"""Real digits for the figures: small enough that a net of 56 layers answers while one waits."""

import torch
from jaxtyping import Float, Int
from torch import Tensor

from models.data_store import DataStore
from models.datasets.digits import load_digits


class DigitBatches:
    """Batches of the digits at 16x16, mean 0 and variance 1 over the training images; a seed chooses the images."""

    def __init__(self, seed: int) -> None:
        dataset = load_digits(DataStore())
        images = torch.nn.functional.avg_pool2d(dataset.train_images, 2)  # (N, 1, 16, 16)
        mean, spread = images.mean(), images.std()
        self._train = (images - mean) / spread, dataset.train_labels
        held_out = torch.nn.functional.avg_pool2d(dataset.held_out_images, 2)
        self._held_out = (held_out - mean) / spread, dataset.held_out_labels
        self._generator = torch.Generator().manual_seed(seed)

    def training(self, size: int) -> tuple[Float[Tensor, "B 1 16 16"], Int[Tensor, " B"]]:
        """The next batch: drawn anew each time."""
        return self._drawn(self._train, size)

    def held_out(self, size: int) -> tuple[Float[Tensor, "B 1 16 16"], Int[Tensor, " B"]]:
        """Images that no training batch holds."""
        return self._drawn(self._held_out, size)

    def _drawn(self, of: tuple[Tensor, Tensor], size: int) -> tuple[Tensor, Tensor]:
        images, labels = of
        chosen = torch.randperm(len(labels), generator=self._generator)[:size]
        return images[chosen], labels[chosen]
