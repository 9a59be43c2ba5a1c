"""The nets that a run can be of: the paper's 6n + 2 layers, and ResNet-18's layout on small images. Needs no torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RESNET18 = "resnet18"
NAMED = {"resnet20": 3, "resnet32": 5, "resnet44": 7, "resnet56": 9, "resnet110": 18}  # the n of Table 6's rows
NET_NAMES = (*NAMED, RESNET18)


@dataclass(frozen=True)
class Layout:
    """How many blocks each stage has, how wide they are, and the shortcut where a stage begins."""

    blocks: tuple[int, ...]
    widths: tuple[int, ...]
    shortcut: str


def layout_of(settings: Mapping[str, Any]) -> Layout:
    """The net that a run's settings describe.

    6n + 2 layers: three stages of n blocks, widths 16, 32, 64     He et al. 2015 (1512.03385), section 4.2
    resnet18:      four stages of 2 blocks, widths 64 to 512, "B"  its Table 1, with a 3x3 stem and no pooling
    """
    if settings["net"] == RESNET18:
        return Layout((2, 2, 2, 2), (64, 128, 256, 512), settings["shortcut"])
    return Layout((settings["num_blocks"],) * 3, (16, 32, 64), settings["shortcut"])


def net_name(settings: Mapping[str, Any]) -> str:
    """What a run's net is called; `num_blocks` decides, but for ResNet-18, which has another layout."""
    if settings.get("net") == RESNET18:
        return RESNET18
    return f"resnet{6 * settings['num_blocks'] + 2}"
