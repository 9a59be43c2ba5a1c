"""What a device cannot do, said before a run is made for it. Needs no torch."""

from collections.abc import Mapping
from typing import Any

from models.presets import PresetRefused


def refuse_what_the_device_cannot(settings: Mapping[str, Any], device: str) -> None:
    """Raise `PresetRefused` where a setting needs another device than the run asks for."""
    kind = device.partition(":")[0]
    if settings["precision"] == "float16" and kind != "cuda":
        thing = f"float16 cannot be trained in on {kind}: its small gradients need the scaled steps of CUDA."
        raise PresetRefused(thing, "--set precision", "use --set precision=bfloat16, or --device cuda")
