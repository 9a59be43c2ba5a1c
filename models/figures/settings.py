"""What a figure's question may ask for: one of a few values, or the first of them where it says nothing."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from models.run_errors import RunError

SEEDS = range(1000)


class BadSetting(RunError):
    """A figure was asked for something that it does not have."""


def chosen_settings(question: Mapping[str, Any], allowed: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Each setting that the figure knows, as asked; a missing one is the first of its values."""
    return {name: _chosen(question, name, values) for name, values in allowed.items()}


def _chosen(question: Mapping[str, Any], name: str, values: Sequence[Any]) -> Any:
    value = question.get(name, values[0])
    if isinstance(value, bool) or not isinstance(value, int | float | str) or value not in values:
        known = f"{values[0]} to {values[-1]}" if isinstance(values, range) else ", ".join(map(str, values))
        raise BadSetting(f"{name} cannot be {json.dumps(value, default=str)}.", name, f"use one of: {known}")
    return value
