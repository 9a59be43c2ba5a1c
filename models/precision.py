"""In which numbers a net computes: float32, or 16 bits where the processor is quicker at them."""

import contextlib

import torch

_TYPES = {"bfloat16": torch.bfloat16, "float16": torch.float16}


def resolved_precision(asked: str, device: torch.device) -> str:
    """What "auto" means here: bfloat16 where the device has units for it, else float32."""
    if asked != "auto":
        return asked
    return "bfloat16" if _has_bfloat16_units(device) else "float32"


def autocast(precision: str, device: torch.device) -> contextlib.AbstractContextManager[object]:
    """Convolutions and products in 16 bits, sums and losses in float32; weights stay float32 (mixed precision).

    Micikevicius et al. 2018 (1710.03740), section 3.
    """
    if precision == "float32":
        return contextlib.nullcontext()
    return torch.autocast(device.type, dtype=_TYPES[precision])


def _has_bfloat16_units(device: torch.device) -> bool:
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    if device.type != "cpu":
        return False
    supported = (getattr(torch.cpu, name, None) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"))
    return any(ask() for ask in supported if ask is not None)
