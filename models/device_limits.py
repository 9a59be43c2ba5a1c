"""What a device cannot do, said before a run is made for it. Needs no torch."""

import os
import shutil
from collections.abc import Mapping
from typing import Any

from models.preset import PresetRefused


def refuse_what_the_device_cannot(settings: Mapping[str, Any], device: str) -> None:
    """Raise `PresetRefused` where a setting needs another device than the run asks for."""
    kind = device.partition(":")[0]
    if settings["precision"] == "float16" and kind != "cuda":
        thing = f"float16 cannot be trained in on {kind}: its small gradients need the scaled steps of CUDA."
        raise PresetRefused(thing, "--set precision", "use --set precision=bfloat16, or --device cuda")
    if settings["compile"] and kind == "mps":
        thing = "torch.compile is not to be relied on with mps."
        raise PresetRefused(thing, "--set compile", "leave it out, or use --device cpu")
    if settings["compile"] and kind == "cpu" and not any(map(shutil.which, _cpp_compilers())):
        thing = "torch.compile needs a C++ compiler for the processor's code, and none is found here."
        raise PresetRefused(thing, "--set compile", "install g++ or clang++, or leave compile out")


def _cpp_compilers() -> list[str]:
    """Those that torch looks for; CXX is the user's own choice."""
    return [name for name in (os.environ.get("CXX"), "g++", "clang++") if name]
