"""A run held against the paper, line by line: He et al. 2015 (1512.03385), section 4.2 and Table 6."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from models.cnn_presets import PAPER_BARS
from models.nets import RESNET18, net_name
from models.run_config import RunConfig
from models.run_status import RunStatus

WITHIN = 0.02  # the course's "within 2 points"
TEST_IMAGES = 10_000
_PARAMETERS = {3: "0.27M", 5: "0.46M", 7: "0.66M", 9: "0.85M", 18: "1.7M"}  # Table 6
_Z = 1.959964  # the normal distribution's 97.5 % point

Verdict = Literal["matched", "not matched", "not comparable", "not finished"]


@dataclass(frozen=True)
class Line:
    """One line of the card: what the paper did, what this run did, and whether that is the same."""

    name: str
    paper: str
    yours: str
    same: bool


@dataclass(frozen=True)
class PaperMatch:
    """The card of one run."""

    net: str
    lines: tuple[Line, ...]
    paper_accuracy: float | None  # None where Table 6 has no net of this depth
    accuracy: float | None
    interval: tuple[float, float] | None  # 95 %, of the test images alone: another seed moves it too
    test_images: int
    looks: int  # how often the held-out images were looked at
    verdict: Verdict
    because: str


def paper_match(config: RunConfig, status: RunStatus) -> PaperMatch:
    """The card of this run, as far as it has come."""
    blocks = 0 if config.settings.get("net") == RESNET18 else int(config.settings["num_blocks"])
    bar = PAPER_BARS.get(blocks)
    paper = None if bar is None else bar + WITHIN
    accuracy = status.held_out if status.state == "finished" else None
    held_out = int(config.dataset.get("held_out") or TEST_IMAGES)
    verdict, because = _verdict(config, status, paper)
    return PaperMatch(
        net=net_name(config.settings).replace("resnet", "ResNet-"),
        lines=tuple(_lines(config, status, blocks)),
        paper_accuracy=paper,
        accuracy=accuracy,
        interval=None if accuracy is None else wilson(accuracy, held_out),
        test_images=held_out,
        looks=int(status.final.get("held_out_looks") or 0),
        verdict=verdict,
        because=because,
    )


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share that was counted over `count` independent images (Wilson 1927):

    (p + z^2/2n +- z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n)
    """
    middle, scale = share + _Z**2 / (2 * count), 1 + _Z**2 / count
    reach = _Z * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    return (middle - reach) / scale, (middle + reach) / scale


def _verdict(config: RunConfig, status: RunStatus, paper: float | None) -> tuple[Verdict, str]:
    if status.state != "finished" or status.held_out is None:
        return "not finished", f"the run is {status.state}"
    if not config.dataset.get("comparable"):
        data = config.dataset.get("source") or config.dataset.get("name") or "its data"
        return "not comparable", f"the paper's test set is CIFAR-10 as published, and this is: {data}"
    if config.ablations:
        return "not comparable", f"an ablation is another net: {', '.join(config.ablations)}"
    if paper is None:
        return "not comparable", "Table 6 has no such net"
    reached = status.held_out >= paper - WITHIN
    words = f"{status.held_out:.2%} against {paper:.2%}, and 2 points are allowed"
    return ("matched" if reached else "not matched"), words


def _lines(config: RunConfig, status: RunStatus, blocks: int) -> list[Line]:
    settings = config.settings
    found = [
        ("training images", "50,000", _training_images(config.dataset)),
        ("test images", "10,000", _count(config.dataset.get("held_out"))),
        ("mean subtracted", "per pixel", f"per {settings.get('mean')}"),
        ("augmentation", "pad 4, crop 32, flip", _augmentation(config)),
        ("batch", "128", str(settings.get("batch_size"))),
        ("optimiser", "SGD, momentum 0.9", _optimiser(settings)),
        ("weight decay", "0.0001, on all", _decay(settings)),
        ("learning rate", "0.1, / 10 at 32k and 48k", _rate(config)),
        ("length", "64,000 steps", _length(config)),
        ("label smoothing", "none", _or_none(settings.get("label_smoothing"))),
        ("weight averaging", "none", _averaging(settings.get("average"))),
        ("initialisation", "He normal", "He normal"),
        ("shortcut", "A", str(settings.get("shortcut"))),
        ("parameters", _PARAMETERS.get(blocks, "-"), _parameters(status)),
        ("numbers", "float32", str(settings.get("precision") or "float32")),
    ]
    return [Line(name, paper, yours, paper == yours) for name, paper, yours in found]


def _count(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else "-"


def _training_images(facts: Mapping[str, Any]) -> str:
    kept_back = f", {facts['validation']:,} for validation" if facts.get("validation") else ""
    return f"{_count(facts.get('train'))}{kept_back}"


def _augmentation(config: RunConfig) -> str:
    if not config.settings.get("augment"):
        return "none"
    if config.dataset.get("name") != "cifar10":
        return "pad and crop, no flip"
    words = "pad 4, crop 32, flip"
    if config.settings.get("mirroring") == "alternate":
        words = "pad 4, crop 32, flip by epoch"
    return f"{words}, from {first}x{first}" if (first := config.settings.get("first_size")) else words


def _optimiser(settings: Mapping[str, Any]) -> str:
    name = f"SGD, momentum {settings.get('momentum'):g}"
    return f"{name}, Nesterov" if settings.get("nesterov") else name


def _decay(settings: Mapping[str, Any]) -> str:
    where = "on all" if settings.get("decay_norms") else "not on norms"
    return f"{settings.get('weight_decay'):.4f}, {where}"


def _rate(config: RunConfig) -> str:
    settings = config.settings
    if settings.get("schedule") != "paper":
        return f"{settings.get('schedule')}, peak {settings.get('peak_lr'):g}"
    total = config.total_steps or 64_000
    return f"{settings.get('peak_lr'):g}, / 10 at {_thousands(total // 2)} and {_thousands(total * 3 // 4)}"


def _thousands(steps: int) -> str:
    return f"{steps // 1000}k" if steps % 1000 == 0 else f"{steps:,}"


def _length(config: RunConfig) -> str:
    return f"{config.total_steps:,} steps" if config.total_steps else "-"


def _or_none(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) and value else str(value or "none")


def _averaging(decay: Any) -> str:
    return f"exponential, {decay:g} a step" if decay else "none"


def _parameters(status: RunStatus) -> str:
    """As the table rounds them."""
    count = status.final.get("parameters")
    if not isinstance(count, int):
        return "-"
    return f"{count / 1e6:.2f}M" if count < 1e6 else f"{count / 1e6:.1f}M"
