"""The ways in which a project can be trained, and the settings that `--set` may change."""

import sys
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from difflib import get_close_matches
from typing import Any

from models.cnn_presets import CNN_PRESETS, PAPER_BARS, CnnPreset
from models.preset import Preset, PresetRefused
from models.rnn_presets import RNN_PRESETS, RnnPreset, rnn_part_ids
from models.transformer_presets import TRANSFORMER_PARTS, TRANSFORMER_PRESETS, TransformerPreset

__all__ = [
    "FUSED_PARTS",
    "PAPER_BARS",
    "PRESETS",
    "Preset",
    "PresetRefused",
    "find_preset",
    "part_ids",
    "settings_for",
    "with_defaults",
]

_FIXED = ("project", "name", "sentence", "dataset", "bar")
_NOT_SETTINGS = ("project", "name", "sentence")
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

_KINDS: dict[str, type[Preset]] = {"cnn": CnnPreset, "rnn": RnnPreset, "transformer": TransformerPreset}
PRESETS: dict[str, dict[str, Preset]] = {
    "cnn": {preset.name: preset for preset in CNN_PRESETS},
    "rnn": {preset.name: preset for preset in RNN_PRESETS},
    "transformer": {preset.name: preset for preset in TRANSFORMER_PRESETS},
}

_CNN_PARTS = ("cnn/conv2d", "cnn/batchnorm2d", "cnn/basic_block", "cnn/resnet")

# Parts that torch has a fused layer for: it trains in their place once both were shown to agree.
FUSED_PARTS = frozenset({
    "cnn/conv2d", "cnn/batchnorm2d", "rnn/lstm", "rnn/gru_cell", "rnn/rnn_forward",
    "transformer/attention", "transformer/layer_norm",
})  # fmt: skip


def part_ids(project: str, settings: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """The exercises that a run of this project is put together from, innermost first; of the quick one unless said."""
    presets = _presets_of(project)
    if project == "rnn":
        return rnn_part_ids(settings or asdict(presets["quick"]))
    return TRANSFORMER_PARTS if project == "transformer" else _CNN_PARTS


def find_preset(project: str, preset: str) -> Preset:
    """The preset of this name, or `PresetRefused` with those that there are."""
    presets = _presets_of(project)
    if preset not in presets:
        thing = f'Project {project} has no preset called "{preset}".'
        raise PresetRefused(thing, f"models/{project}_presets.py", f"use one of: {', '.join(presets)}")
    return presets[preset]


def settings_for(project: str, preset: str, changes: Mapping[str, str]) -> dict[str, Any]:
    """The preset's settings after `--set KEY=VALUE`, each value in its own type."""
    found = find_preset(project, preset)
    chosen, kind = asdict(found), type(found)
    place = f"--set, preset {preset} of {project}"
    allowed = [key for key in chosen if key not in _FIXED]
    for key, text in changes.items():
        if key not in allowed:
            raise _unknown_setting(key, allowed, place)
        chosen[key] = _parse(kind, key, text, type(chosen[key]), place)
    chosen = kind.settle(chosen, changes, place)
    if chosen["epochs"] <= 0 and chosen["iterations"] <= 0:
        thing = "A run needs a length: epochs and iterations are both 0."
        raise PresetRefused(thing, place, "set one of them, as in --set epochs=8")
    return {key: value for key, value in chosen.items() if key not in _NOT_SETTINGS}


def with_defaults(settings: Mapping[str, Any], project: str) -> dict[str, Any]:
    """A run's settings, with what an older version's run could not say yet as that version had it."""
    defaults = {field.name: field.default for field in fields(_KINDS[project]) if field.default is not MISSING}
    return {**{key: value for key, value in defaults.items() if key not in _NOT_SETTINGS}, **settings}


def _presets_of(project: str) -> dict[str, Preset]:
    if project not in PRESETS:
        thing = f'This version has no project called "{project}".'
        raise PresetRefused(thing, "train PROJECT", f"use one of: {', '.join(PRESETS)}")
    return PRESETS[project]


def _unknown_setting(key: str, allowed: list[str], place: str) -> PresetRefused:
    closest = get_close_matches(key, allowed, n=1, cutoff=0.6)
    meant = f"did you mean {closest[0]}? " if closest else ""
    return PresetRefused(f'No setting is called "{key}".', place, f"{meant}allowed: {', '.join(allowed)}")


def _parse(kind: type[Preset], key: str, text: str, wanted: type, place: str) -> Any:
    try:
        value = _TRUTH[text.strip().lower()] if wanted is bool else wanted(text.strip())
    except (KeyError, ValueError):
        thing = f'{key} is {_TYPE_WORDS[wanted]}, and "{text}" is none.'
        raise PresetRefused(thing, place, f"write it as in --set {key}={_example(wanted)}") from None
    if value not in kind.CHOICES.get(key, (value,)):
        thing = f'{key} cannot be "{value}".'
        raise PresetRefused(thing, place, f"use one of: {', '.join(kind.CHOICES[key])}")
    lowest, highest = kind.LOWEST.get(key, 0), kind.HIGHEST.get(key, sys.maxsize)
    if wanted in (int, float) and not lowest <= value <= highest:
        span = f"{lowest} or more" if key not in kind.HIGHEST else f"{lowest} to {highest}"
        raise PresetRefused(f"{key} cannot be {text}.", place, f"use {span}")
    return value


def _example(wanted: type) -> str:
    return {bool: "true", int: "8", float: "0.1"}.get(wanted, "A")
