"""The lab's answer about abstraction by depth: every block of the net, from the image to the last stage."""

from typing import Any

import torch
from torch import Tensor, nn

from models.probes.abstraction import Depth, pooled_features, probe_accuracy, separation
from models.probes.feature_answer import rounded
from models.tasks.image_classification import ImageClassification
from models.trained_net import TrainedNet

TRAIN_IMAGES, HELD_OUT_IMAGES = 4000, 2000  # at most: a probe of 64 columns is settled by then
_PICKING = 0


def abstraction_answer(trained: TrainedNet) -> dict[str, Any]:
    """Probe accuracy and separation at the image and behind every block."""
    task = trained.task
    train, train_labels = _some(task, task.dataset.train_images, task.dataset.train_labels, TRAIN_IMAGES)
    held_out, labels = _some(task, task.dataset.held_out_images, task.dataset.held_out_labels, HELD_OUT_IMAGES)
    names = block_names(task.model)
    fitted_on, scored_on = pooled_features(task.model, train, names), pooled_features(task.model, held_out, names)
    depths = [
        Depth(
            name=name,
            features=scored_on[name].shape[1],
            probe_accuracy=probe_accuracy(fitted_on[name], train_labels, scored_on[name], labels),
            separation=separation(scored_on[name], labels),
        )
        for name in ("image", *names)
    ]
    return {
        "run": trained.run.id,
        "step": trained.step,
        "train": len(train),
        "held_out": len(held_out),
        "chance": rounded(labels.bincount().max() / len(labels)),
        "depths": [
            {"name": _readable(each.name), "features": each.features, "probe_accuracy": round(each.probe_accuracy, 4),
             "separation": rounded(torch.tensor(each.separation))}
            for each in depths
        ],
    }  # fmt: skip


def block_names(net: nn.Module) -> list[str]:
    """The modules right below each stage, in order."""
    stages = getattr(net, "stages", None)
    if not isinstance(stages, nn.ModuleList):
        raise ValueError("the net keeps no `stages`, as ResNet's stub asks for")
    return [f"stages.{i}.{name}" for i, stage in enumerate(stages) for name, _ in stage.named_children()]


def _some(task: ImageClassification, images: Tensor, labels: Tensor, most: int) -> tuple[Tensor, Tensor]:
    """At most so many images, drawn the same way each time, as the net gets them."""
    chosen = torch.randperm(len(labels), generator=task.placement.generator(0, _PICKING))[:most]
    return task.prepare(images[chosen]).cpu(), labels[chosen].cpu()


def _readable(name: str) -> str:
    """stages.0.2 -> stage 1 block 3, counted from 1 as the feature maps' pictures do."""
    if not name.startswith("stages."):
        return name
    stage, _, block = name.removeprefix("stages.").partition(".")
    return f"stage {int(stage) + 1} block {int(block) + 1 if block.isdigit() else block}"
