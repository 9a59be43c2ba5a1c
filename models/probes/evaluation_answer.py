"""The lab's answer about a run's held-out accuracy: computed again, beside what the run recorded."""

from typing import Any

from models.tasks.image_classification import Batch
from models.trained_net import TrainedNet
from models.twins import IMAGES

_IMAGES_APART = 2  # another processor rounds otherwise, and an image on the edge may change sides


def evaluation_answer(trained: TrainedNet) -> dict[str, Any]:
    """Accuracy and loss of the checkpoint's weights, and whether they agree with metrics.jsonl."""
    task, held_out = trained.task, len(trained.task.dataset.held_out_labels)
    images, labels = task.dataset.held_out_images[:IMAGES], task.dataset.held_out_labels[:IMAGES]
    differences = task.verify_twins(Batch(task.prepare(images), labels))
    found, recorded = task.evaluate(), trained.recorded_accuracy()
    same_step = recorded is not None and recorded[0] == trained.step
    apart = abs(found["accuracy"] - recorded[1]) if recorded else 0.0
    return {
        "run": trained.run.id,
        "step": trained.step,
        "held_out": held_out,
        "held_out_accuracy": found["accuracy"],
        "held_out_loss": found["loss"],
        "recorded_accuracy": recorded[1] if recorded else None,
        "recorded_step": recorded[0] if recorded else None,
        # None where the checkpoint was not taken at an evaluation: there is nothing to compare it with.
        "agrees": apart * held_out <= _IMAGES_APART + 0.5 if same_step else None,
        "twin": differences,
    }
