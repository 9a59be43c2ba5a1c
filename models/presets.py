"""The ways in which a project can be trained, and the settings that `--set` may change."""

import sys
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from difflib import get_close_matches
from typing import Any

from models.nets import NAMED, NET_NAMES, RESNET18, net_name
from models.run_errors import RunError

# Test accuracy within two points of Table 6 of He et al. 2015, by the n of 6n + 2 layers.
PAPER_BARS = {3: 0.8925, 5: 0.9049, 7: 0.9083, 9: 0.9103, 18: 0.9157}

_CHOICES = {
    "net": NET_NAMES,
    "schedule": ("one-cycle", "paper"), "shortcut": ("A", "B"), "mean": ("channel", "pixel"),
    "mirroring": ("random", "alternate"), "precision": ("float32", "auto", "bfloat16", "float16"),
}  # fmt: skip
_LOWEST = {"num_blocks": 1, "batch_size": 2, "evaluate_every_epochs": 1}
_HIGHEST = {"warmup": 1.0, "momentum": 1.0, "label_smoothing": 1.0, "grown_after": 1.0, "average": 1.0}
_FIXED = ("project", "name", "sentence", "dataset", "bar")
_TYPE_WORDS = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}
_TRUTH = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


class PresetRefused(RunError):
    """No such project or preset, or a setting that it does not have."""


@dataclass(frozen=True)
class Preset:
    """One recipe: the data, the net's depth, and every number of its training."""

    project: str
    name: str
    sentence: str
    dataset: str  # "digits" or "cifar10"
    bar: float  # the held-out accuracy that counts as passed
    net: str = "resnet20"  # follows num_blocks, but for resnet18, which has another layout
    num_blocks: int = 3  # n of the 6n + 2 layers
    shortcut: str = "A"
    epochs: int = 0  # how often the training images are gone through; 0 where `iterations` counts
    iterations: int = 0
    batch_size: int = 128
    schedule: str = "one-cycle"
    peak_lr: float = 0.1
    warmup: float = 0.0  # share of all steps
    momentum: float = 0.9
    nesterov: bool = False
    weight_decay: float = 1e-4
    decay_norms: bool = True  # whether biases and normalisation weights decay too
    label_smoothing: float = 0.0
    augment: bool = True
    mean: str = "channel"  # what is subtracted from an image: one mean per channel, or per pixel
    mirroring: str = "random"  # or "alternate": mirrored in every other epoch
    first_size: int = 0  # side of the images in the first steps; 0: as they are
    grown_after: float = 0.5  # share of all steps after which they have their full size
    average: float = 0.0  # decay of the mean of the weights that the run ends with; 0: it ends with the last weights
    precision: str = "float32"  # or auto, bfloat16, float16: what the net computes in while it trains
    validation_images: int = 0  # of the training set, looked at in place of the held-out set until the end
    channels_last: bool = False  # images pixel by pixel in memory: a quarter faster on a CPU, rounded a little more
    data_on_device: bool = True  # the training images stay on the device; False: each batch is sent there
    compile: bool = False  # torch.compile for the training steps: minutes of work first, quicker steps after them
    evaluate_every_epochs: int = 1
    checkpoint_seconds: float = 15.0


def _presets(*presets: Preset) -> dict[str, dict[str, Preset]]:
    projects: dict[str, dict[str, Preset]] = {}
    for preset in presets:
        projects.setdefault(preset.project, {})[preset.name] = preset
    return projects


PRESETS = _presets(
    Preset(
        project="cnn",
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
    Preset(
        project="cnn",
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
    Preset(
        project="cnn",
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

_PARTS = {"cnn": ("cnn/conv2d", "cnn/batchnorm2d", "cnn/basic_block", "cnn/resnet")}

# Parts that torch has a fused layer for: it trains in their place once both were shown to agree.
FUSED_PARTS = frozenset({"cnn/conv2d", "cnn/batchnorm2d"})


def part_ids(project: str) -> tuple[str, ...]:
    """The exercises that this project's net is assembled from, innermost first."""
    _presets_of(project)
    return _PARTS[project]


def find_preset(project: str, preset: str) -> Preset:
    """The preset of this name, or `PresetRefused` with those that there are."""
    presets = _presets_of(project)
    if preset not in presets:
        thing = f'Project {project} has no preset called "{preset}".'
        raise PresetRefused(thing, "models/presets.py", f"use one of: {', '.join(presets)}")
    return presets[preset]


def settings_for(project: str, preset: str, changes: Mapping[str, str]) -> dict[str, Any]:
    """The preset's settings after `--set KEY=VALUE`, each value in its own type."""
    chosen = asdict(find_preset(project, preset))
    place = f"--set, preset {preset} of {project}"
    allowed = [key for key in chosen if key not in _FIXED]
    for key, text in changes.items():
        if key not in allowed:
            raise _unknown_setting(key, allowed, place)
        chosen[key] = _parse(key, text, type(chosen[key]), place)
    _name_the_net(chosen, changes, place)
    if chosen["epochs"] <= 0 and chosen["iterations"] <= 0:
        thing = "A run needs a length: epochs and iterations are both 0."
        raise PresetRefused(thing, place, "set one of them, as in --set epochs=8")
    if chosen["nesterov"] and chosen["momentum"] == 0:
        thing = "Nesterov's momentum needs a momentum."
        raise PresetRefused(thing, place, "set nesterov=false, or momentum=0.9")
    return _follow_the_paper(chosen)


def with_defaults(settings: Mapping[str, Any]) -> dict[str, Any]:
    """A run's settings, with what an older version's run could not say yet as that version had it."""
    defaults = {field.name: field.default for field in fields(Preset) if field.default is not MISSING}
    return {**defaults, **settings}


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
    return {key: value for key, value in chosen.items() if key not in ("project", "name", "sentence")}


def _presets_of(project: str) -> dict[str, Preset]:
    if project not in PRESETS:
        thing = f'This version has no project called "{project}".'
        raise PresetRefused(thing, "train PROJECT", f"use one of: {', '.join(PRESETS)}")
    return PRESETS[project]


def _unknown_setting(key: str, allowed: list[str], place: str) -> PresetRefused:
    closest = get_close_matches(key, allowed, n=1, cutoff=0.6)
    meant = f"did you mean {closest[0]}? " if closest else ""
    return PresetRefused(f'No setting is called "{key}".', place, f"{meant}allowed: {', '.join(allowed)}")


def _parse(key: str, text: str, wanted: type, place: str) -> Any:
    try:
        value = _TRUTH[text.strip().lower()] if wanted is bool else wanted(text.strip())
    except (KeyError, ValueError):
        thing = f'{key} is {_TYPE_WORDS[wanted]}, and "{text}" is none.'
        raise PresetRefused(thing, place, f"write it as in --set {key}={_example(wanted)}") from None
    if key in _CHOICES and value not in _CHOICES[key]:
        thing = f'{key} cannot be "{value}".'
        raise PresetRefused(thing, place, f"use one of: {', '.join(_CHOICES[key])}")
    lowest, highest = _LOWEST.get(key, 0), _HIGHEST.get(key, sys.maxsize)
    if wanted in (int, float) and not lowest <= value <= highest:
        span = f"{lowest} or more" if key not in _HIGHEST else f"{lowest} to {highest}"
        raise PresetRefused(f"{key} cannot be {text}.", place, f"use {span}")
    return value


def _example(wanted: type) -> str:
    return {bool: "true", int: "8", float: "0.1"}.get(wanted, "A")
