"""The course's block diagram with live numbers: one forward pass of the learner's own block, or of the reference."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import nn

from models.blocks import BasicBlock
from models.failure_words import words_of
from models.figures.block_paths import paths_through
from models.figures.block_trace import MOST_STEPS, BlockTrace
from models.figures.own_files import own_files
from models.figures.settings import BadSetting
from models.figures.time_limit import TookTooLong, time_limit
from models.initialisation import initialise
from models.learner_modules import LearnerModules

LIMIT_S = 5.0
_SEED = 0
_RANGES = {"channels": (1, 128), "stride": (1, 2), "size": (1, 64), "batch": (1, 16)}


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Every step of a block's forward pass on a batch drawn from N(0, 1), in training mode, weights by He's rule.

    Asked: channels, stride, shortcut, size, batch; the block has `channels` inputs and stride times as many outputs.
    `workspace`, `file` and `symbol` say where the learner's block is. Where it cannot be loaded or built the reference
    stands in, and `reason` says why; where it fails on the way, `failure` does, and the steps end there.
    """
    settings = _settings(question)
    block, reason = None, "No folder of yours was named."
    with own_files(question.get("workspace")) as modules:
        if modules is not None:
            block, reason = _learners_block(modules, str(question["file"]), str(question["symbol"]), settings)
        whose = "reference" if block is None else "yours"
        traced = _trace(block or _build(BasicBlock, settings), settings, modules)
    return {"settings": settings, "whose": whose, "reason": reason, **traced}


def _learners_block(
    modules: LearnerModules, file: str, symbol: str, settings: dict[str, Any]
) -> tuple[nn.Module | None, str | None]:
    """Their block, or None and a sentence on why there is none."""
    if not (modules.folder / file).is_file():
        return None, f"There is no {file} in your folder."
    try:
        with time_limit(LIMIT_S):
            block = _build(modules.take(file, symbol), settings)
    except NotImplementedError:
        return None, f"{symbol} in {file} is not written yet."
    except (Exception, SystemExit, TookTooLong) as error:
        return None, f"{symbol} in {file} cannot be built: {_words(error, modules.folder)}"
    if not isinstance(block, nn.Module):
        return None, f"{symbol} in {file} is no nn.Module."
    return block, None


def _build(block: Any, settings: dict[str, Any]) -> nn.Module:
    channels, stride = settings["channels"], settings["stride"]
    torch.manual_seed(_SEED)
    return block(
        channels, channels * stride, stride=stride, shortcut=settings["shortcut"], conv=nn.Conv2d, norm=nn.BatchNorm2d
    )


def _trace(block: nn.Module, settings: dict[str, Any], modules: LearnerModules | None) -> dict[str, Any]:
    generator = torch.Generator().manual_seed(_SEED)
    size = settings["size"]
    x = torch.randn(settings["batch"], settings["channels"], size, size, generator=generator)  # (B, C, H, W)
    given = x.clone()
    initialise(block, generator)
    trace, failure = BlockTrace(block.train()), None
    try:
        with time_limit(LIMIT_S):
            trace.run(x)
    except NotImplementedError as error:
        failure = f"forward is not written yet: {error}"
    except (Exception, SystemExit, TookTooLong) as error:
        failure = _words(error, modules.folder if modules else Path("/"))
    paths = paths_through([step.inputs for step in trace.steps], trace.output)
    parts = [name for name, part in block.named_modules() if name and not list(part.children())]
    return {
        "steps": [asdict(step) for step in trace.steps],
        **asdict(paths),
        "parameters": sum(parameter.numel() for parameter in block.parameters()),
        "never_called": [name for name in parts if name not in trace.called],
        "input_overwritten": not torch.equal(x, given),
        "is_cut": len(trace.steps) == MOST_STEPS,
        "output_is_known": trace.output is not None,
        "failure": failure,
    }


def _words(error: BaseException, folder: Path) -> str:
    """The exception and their lines; of a stop by the clock only what it says."""
    return words_of(error, folder).removeprefix(f"{TookTooLong.__name__}: ")


def _settings(question: dict[str, Any]) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    for name, (lowest, highest) in _RANGES.items():
        value = question.get(name)
        if type(value) is not int or not lowest <= value <= highest:
            thing = f"{name} cannot be {json.dumps(value)}."
            raise BadSetting(thing, name, f"use a whole number from {lowest} to {highest}")
        settings[name] = value
    if question.get("shortcut") not in ("A", "B"):
        thing = f"shortcut cannot be {json.dumps(question.get('shortcut'))}."
        raise BadSetting(thing, "shortcut", 'use "A" or "B"')
    return {**settings, "shortcut": question["shortcut"]}
