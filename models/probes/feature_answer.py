"""The lab's answer about feature maps: the image, what each stage makes of it, what the net says."""

from typing import Any

from jaxtyping import Float
from torch import Tensor

from models.probes.feature_maps import feature_maps
from models.trained_net import TrainedNet

DIGITS = 4


def feature_answer(trained: TrainedNet, image: int, channels: int) -> dict[str, Any]:
    """One held-out image at full resolution, with the first `channels` maps of every stage."""
    dataset, task = trained.task.dataset, trained.task
    pixels = dataset.held_out_images[image]  # (C, H, W)
    maps = feature_maps(task.model, task.prepare(pixels[None]))
    probabilities = maps.scores.softmax(0)  # (K,)
    predicted, label = int(probabilities.argmax()), int(dataset.held_out_labels[image])
    return {
        "run": trained.run.id,
        "step": trained.step,
        "image": image,
        "label": label,
        "label_name": dataset.class_names[label],
        "predicted": predicted,
        "predicted_name": dataset.class_names[predicted],
        "probability": round(float(probabilities[predicted]), DIGITS),
        "input": {"shape": list(pixels.shape), "values": rounded(pixels.float() / task.standardise.scale)},
        "stages": [_stage(name, values, channels) for name, values in maps.stages.items()],
    }


def rounded(values: Float[Tensor, "..."]) -> Any:
    """Nested lists of floats with four digits; a number that is not finite becomes None."""
    return _clean(values.detach().cpu().double().tolist())


def _stage(name: str, values: Tensor, channels: int) -> dict[str, Any]:
    shown = values[:channels]  # (k, H, W)
    return {
        "name": name,
        "shape": list(values.shape),
        "channels": list(range(len(shown))),
        "values": rounded(shown),
        "lowest": rounded(values.min()),  # of all channels, shown or not: one scale for a stage
        "highest": rounded(values.max()),
    }


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    return round(value, DIGITS) if value - value == 0.0 else None
