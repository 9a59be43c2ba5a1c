"""How long, how long ago, how big: numbers in the words that a learner reads."""

MINUTE, HOUR, DAY = 60, 3600, 86_400


def duration(seconds: float | None) -> str:
    """A span of time as a clock shows it: 0:38, 12:05, 3:10:00, 2 d 4 h; '-' where nobody knows."""
    if seconds is None or seconds != seconds or seconds == float("inf"):
        return "-"
    total = max(round(seconds), 0)
    if total >= 2 * DAY:
        return f"{total // DAY} d {total % DAY // HOUR} h"
    if total >= HOUR:
        return f"{total // HOUR}:{total % HOUR // MINUTE:02}:{total % MINUTE:02}"
    return f"{total // MINUTE}:{total % MINUTE:02}"


def ago(seconds: float | None) -> str:
    """How long ago that was: just now (also with a clock set back), 5 min ago, yesterday, 6 days ago."""
    if seconds is None:
        return "never"
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{int(seconds // MINUTE)} min ago"
    if seconds < DAY:
        return f"{int(seconds // HOUR)} h ago"
    days = int(seconds // DAY)
    return "yesterday" if days == 1 else f"{days} days ago"


def heartbeat(seconds: float | None) -> str:
    """The age of a sign of life, to the second while it is young."""
    if seconds is None:
        return "never"
    return f"{max(int(seconds), 0)} s ago" if seconds < MINUTE else ago(seconds)


def size(num_bytes: int) -> str:
    """A file's size: 812 B, 4.2 kB, 31 MB."""
    value = float(num_bytes)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "B" or value >= 10 else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError("unreachable")


def number(value: float | None, digits: int = 3) -> str:
    """A measured value in at most eight characters; '-' where there is none."""
    if value is None:
        return "-"
    if value != value or abs(value) == float("inf"):
        return "nan" if value != value else "inf" if value > 0 else "-inf"
    if value == 0 or 1e-3 <= abs(value) < 1e5:
        return f"{value:.{digits}f}" if abs(value) < 100 else f"{value:.0f}"
    return f"{value:.1e}"


def percent(fraction: float | None) -> str:
    """A share as a percentage with one digit: 97.2 %."""
    return "-" if fraction is None or fraction != fraction else f"{fraction * 100:.1f} %"
