"""Where an axis begins and ends and which values it names: round numbers, linear or logarithmic."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Axis:
    """Limits and ticks in drawn units (log10 of the value on a log axis), with a label for each tick."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    log: bool = False


def linear_axis(low: float, high: float, max_ticks: int) -> Axis:
    """An axis around [low, high] whose ends are ticks, at most `max_ticks` of them (two at least)."""
    if not high - low > max(abs(low), abs(high), 1e-30) * 1e-9:
        margin = abs(low) * 0.5 or 1.0
        low, high = low - margin, high + margin
    step = _round_step((high - low) / max(max_ticks - 1, 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(k * step for k in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks, tuple(_label(tick, step) for tick in ticks))


def log_axis(low: float, high: float, max_ticks: int) -> Axis:
    """A log10 axis around [low, high] > 0: ticks at powers of ten, and at 1-2-5 where there is room."""
    inside = _one_two_fives(low, high)
    values = inside if len(inside) <= max(max_ticks, 2) else [v for v in inside if _is_power_of_ten(v)]
    stride = max(math.ceil(len(values) / max(max_ticks, 2)), 1)
    shown = values[::stride] if len(values) > 1 else inside
    ends = math.log10(inside[0]), math.log10(inside[-1])
    return Axis(*ends, tuple(math.log10(v) for v in shown), tuple(f"{v:g}" for v in shown), log=True)


def step_axis(first: float, last: float, width: int) -> Axis:
    """The horizontal axis of training steps, `width` cells wide: round steps, and both ends exactly."""
    if last <= first:
        return Axis(first, first + 1, (first,), (_step_label(first),))
    gap = max(_round_step((last - first) / max(width // 14, 1)), 1.0)
    gap = 5.0 if gap == 2.5 else gap  # no step is number 2.5
    room = (last - first) / max(width, 1) * 7  # a label and a space, in steps
    middle = (k * gap for k in range(math.ceil(first / gap), math.floor(last / gap) + 1))
    ticks = (first, *(tick for tick in middle if first + room < tick < last - room), last)
    return Axis(first, last, ticks, tuple(_step_label(tick) for tick in ticks))


def axis_end(last_step: int, total_steps: int) -> int:
    """Where the axis of a growing run ends: an eighth, a quarter, half or all of it, to rescale seldom."""
    for parts in (8, 4, 2):
        if last_step * parts <= total_steps:
            return max(total_steps // parts, 1)
    return max(total_steps, last_step, 1)


def _round_step(step: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten that is not smaller."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(m * power for m in (1, 2, 2.5, 5, 10, 20) if m * power >= step * (1 - 1e-9))


def _one_two_fives(low: float, high: float) -> list[float]:
    """The 1-2-5 numbers from the last at or below `low` to the first at or above `high`, two at least."""
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    numbers = [m * 10.0**k for k in powers for m in (1, 2, 5)]
    first = max(i for i, v in enumerate(numbers) if v <= low * (1 + 1e-9))
    last = min(i for i, v in enumerate(numbers) if v >= high * (1 - 1e-9))
    return numbers[first : max(last, first + 1) + 1]


def _is_power_of_ten(value: float) -> bool:
    return abs(math.log10(value) - round(math.log10(value))) < 1e-9


def _label(value: float, step: float) -> str:
    if value == 0 or abs(value) < step * 1e-6:
        return "0"
    if abs(value) >= 1e5 or step < 1e-4:
        return f"{value:.3g}"
    decimals = next(d for d in range(6) if abs(round(step, d) - step) < step * 1e-6 or d == 5)
    return f"{value:.{decimals}f}"


def _step_label(step: float) -> str:
    if step >= 1e6:
        return f"{step / 1e6:g}M"
    return f"{step / 1000:g}k" if step >= 1e4 and step % 100 == 0 else f"{step:.0f}"
