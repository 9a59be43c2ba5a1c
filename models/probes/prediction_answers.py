"""The lab's answers about right and wrong: which classes are mixed up, and which images are taken for another."""

from typing import Any

from models.probes.feature_answer import DIGITS, rounded
from models.probes.predictions import predictions
from models.trained_net import TrainedNet


def confusion_answer(trained: TrainedNet) -> dict[str, Any]:
    """How often each class is taken for each, over all held-out images."""
    names = trained.task.dataset.class_names
    counts = predictions(trained.task).confusion(len(names))  # (K, K)
    return {"run": trained.run.id, "step": trained.step, "class_names": list(names), "counts": counts.tolist()}


def errors_answer(trained: TrainedNet, first: int, most: int) -> dict[str, Any]:
    """The images it gets wrong, from number `first` on, those that it was surest of in front."""
    dataset, task = trained.task.dataset, trained.task
    seen = predictions(task)
    wrong = seen.worst()
    shown = wrong[first : first + most].tolist()
    return {
        "run": trained.run.id,
        "step": trained.step,
        "held_out": len(seen.labels),
        "wrong": len(wrong),
        "first": first,
        "images": [
            {
                "image": number,
                "label_name": dataset.class_names[int(seen.labels[number])],
                "predicted_name": dataset.class_names[int(seen.predicted[number])],
                "probability": round(float(seen.probability[number]), DIGITS),
                "values": rounded(dataset.held_out_images[number].float() / task.standardise.scale),
            }
            for number in shown
        ],
    }
