"""A line of keys with their words, as a figure names them: two or more spaces stand between one and the next."""

import re


def entries(line: str) -> list[str]:
    """Each key with its word."""
    return re.split(r" {2,}", line.strip())


def fitting(line: str, width: int) -> str:
    """The line as it is, or closer together and without those at its end that do not fit; none of them is cut."""
    if len(line) <= width:
        return line
    kept = entries(line)
    while len(kept) > 1 and len("  ".join(kept)) > width:
        kept.pop()
    return "  ".join(kept)
