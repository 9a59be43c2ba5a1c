"""How a number of a question is written: whole numbers with thousands commas, others with seven digits."""

import math
import re
from collections.abc import Mapping

_NAME = re.compile(r"\{(\w+)\}")


def number_text(value: int | float) -> str:
    """1,048,576 and 3 and 0.0625; a float that is whole is written as a whole number."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    return f"{value:.7g}" if math.isfinite(value) else str(value)


def filled(text: str, values: Mapping[str, int | float]) -> str:
    """The text with each {name} replaced by its value; a KeyError names one that there is not."""
    return _NAME.sub(lambda found: number_text(values[found[1]]), text)


def names_in_text(text: str) -> set[str]:
    """The names in braces."""
    return set(_NAME.findall(text))
