"""What a net says of every held-out image, in one pass over them."""

from dataclasses import dataclass

import torch
from jaxtyping import Float, Int
from torch import Tensor

from models.tasks.image_classification import EVALUATION_BATCH, ImageClassification


@dataclass(frozen=True)
class Predictions:
    """For each of N images its class, the class the net gives it, and how sure the net is of that."""

    labels: Int[Tensor, " N"]
    predicted: Int[Tensor, " N"]
    probability: Float[Tensor, " N"]

    def confusion(self, num_classes: int) -> Int[Tensor, "K K"]:
        """counts[k, l] = how many images of class k were taken for l."""
        pairs = self.labels * num_classes + self.predicted  # (N,)
        return torch.bincount(pairs, minlength=num_classes**2).view(num_classes, num_classes)

    def worst(self) -> Int[Tensor, " M"]:
        """The numbers of the images that it gets wrong, the surest mistake first; of equal ones the earlier."""
        wrong = (self.labels != self.predicted).nonzero()[:, 0]  # (M,)
        return wrong[self.probability[wrong].argsort(descending=True, stable=True)]


@torch.no_grad()
def predictions(task: ImageClassification) -> Predictions:
    """In evaluation mode; the net's own mode is put back."""
    was_training = task.model.training
    task.model.eval()
    scores = [
        task.model(task.prepare(images)).float().cpu()
        for images in task.dataset.held_out_images.split(EVALUATION_BATCH)
    ]
    task.model.train(was_training)
    probability, predicted = torch.cat(scores).softmax(1).max(1)  # (N,), (N,)
    return Predictions(task.dataset.held_out_labels.cpu(), predicted, probability)
