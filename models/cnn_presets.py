"""The recipes of project cnn: a ResNet that says what an image shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from models.nets import NAMED, NET_NAMES, RESNET18, net_name
from models.preset import Preset, PresetRefused

# Test accuracy within two points of Table 6 of He et al. 2015, by the n of 6n + 2 layers.
PAPER_BARS = {3: 0.8925, 5: 0.9049, 7: 0.9083, 9: 0.9103, 18: 0.9157}


@dataclass(frozen=True, kw_only=True)
class CnnPreset(Preset):
    """The net's depth, and what images and batch normalisation bring with them."""

    CHOICES: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "net": NET_NAMES,
        "schedule": ("one-cycle", "paper"),
        "shortcut": ("A", "B"),
        "mean": ("channel", "pixel"),
        "mirroring": ("random", "alternate"),
        "precision": ("float32", "auto", "bfloat16", "float16"),
    }
    LOWEST: ClassVar[Mapping[str, float]] = {**Preset.LOWEST, "num_blocks": 1}
    HIGHEST: ClassVar[Mapping[str, float]] = {
        **Preset.HIGHEST,
        "momentum": 1.0,
        "label_smoothing": 1.0,
        "grown_after": 1.0,
        "average": 1.0,
    }

    project: str = "cnn"
    net: str = "resnet20"  # follows num_blocks, but for resnet18, which has another layout
    num_blocks: int = 3  # n of the 6n + 2 layers
    shortcut: str = "A"
    momentum: float = 0.9
    nesterov: bool = False
    decay_norms: bool = True  # whether biases and normalisation weights decay too
    label_smoothing: float = 0.0
    augment: bool = True
    mean: str = "channel"  # what is subtracted from an image: one mean per channel, or per pixel
    mirroring: str = "random"  # or "alternate": mirrored in every other epoch
    # Side of the images in the first steps; 0: as they are. An evaluation always shows them at their full size, which a
    # net that has seen small ones only judges badly: the curve of looks jumps up where the size does.
    first_size: int = 0
    grown_after: float = 0.5  # share of all steps after which they have their full size
    average: float = 0.0  # decay of the mean of the weights that the run ends with; 0: it ends with the last weights
    validation_images: int = 0  # of the training set, looked at in place of the held-out set until the end
    channels_last: bool = False  # images pixel by pixel in memory: a quarter faster on a CPU, rounded a little more
    data_on_device: bool = True  # the training images stay on the device; False: each batch is sent there

    @staticmethod
    def settle(chosen: dict[str, Any], changes: Mapping[str, str], place: str) -> dict[str, Any]:
        """`net` and `num_blocks` say the same; each depth has its own bar."""
        _name_the_net(chosen, changes, place)
        if chosen["nesterov"] and chosen["momentum"] == 0:
            thing = "Nesterov's momentum needs a momentum."
            raise PresetRefused(thing, place, "set nesterov=false, or momentum=0.9")
        return _follow_the_paper(chosen)


CNN_PRESETS = (
    CnnPreset(
        name="quick",
        sentence="ResNet-20 on 1,442 real handwritten digits: offline, about a minute on two cores",
        dataset="digits",
        bar=0.97,
        epochs=6,
        batch_size=64,
        warmup=0.25,
        nesterov=True,
        weight_decay=5e-4,
    ),
    CnnPreset(
        name="full",
        sentence="ResNet-20 on CIFAR-10 by a short one-cycle schedule",
        dataset="cifar10",
        bar=PAPER_BARS[3],
        epochs=36,
        peak_lr=0.3,
        warmup=0.2,
        nesterov=True,
        weight_decay=5e-4,
        decay_norms=False,
        mirroring="alternate",
        first_size=20,
        grown_after=0.7,
        average=0.998,
        precision="auto",
        validation_images=1000,
        evaluate_every_epochs=2,
        channels_last=True,
    ),
    CnnPreset(
        name="paper",
        sentence="He et al. 2015, section 4.2, line by line: 64,000 steps on CIFAR-10",
        dataset="cifar10",
        bar=PAPER_BARS[3],
        iterations=64_000,
        schedule="paper",
        mean="pixel",
        evaluate_every_epochs=8,
        channels_last=True,
    ),
)


def _name_the_net(chosen: dict[str, Any], changes: Mapping[str, str], place: str) -> None:
    """`net` and `num_blocks` say the same; ResNet-18 has shortcut B where none was asked for."""
    if "net" in changes and "num_blocks" in changes:
        raise PresetRefused("net and num_blocks both say how deep the net is.", place, "set one of them")
    if chosen["net"] == RESNET18:
        chosen["num_blocks"] = 2
        chosen["shortcut"] = changes.get("shortcut", "B")
    else:
        chosen["num_blocks"] = NAMED[chosen["net"]] if "net" in changes else chosen["num_blocks"]
        chosen["net"] = net_name({"num_blocks": chosen["num_blocks"]})


def _follow_the_paper(chosen: dict[str, Any]) -> dict[str, Any]:
    """Each depth has its own bar; 110 layers start with 400 of 64,000 steps at a tenth of the rate."""
    if chosen["dataset"] == "cifar10":
        in_table = chosen["net"] != RESNET18  # ResNet-18 is not in the paper's Table 6
        chosen["bar"] = PAPER_BARS.get(chosen["num_blocks"], chosen["bar"]) if in_table else None
    if chosen["schedule"] == "paper" and chosen["num_blocks"] >= 18 and chosen["warmup"] == 0.0:
        chosen["warmup"] = 400 / 64_000
    return chosen
