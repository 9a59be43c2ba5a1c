"""Prints rows of a drawing: with colour on a terminal, plain in a pipe or where NO_COLOR is set."""

import os
import shutil
import sys
from collections.abc import Iterable

from tutor.drawing.charset import Charset, choose_charset
from tutor.drawing.rows import Row, as_text, plain

WIDEST = 100
NARROWEST = 40


def console_charset(ascii_only: bool) -> Charset:
    """What stdout can show: without a terminal behind it, heat maps are drawn in glyphs."""
    return choose_charset(ascii_only, colours=None if sys.stdout.isatty() else 0)


def console_width() -> int:
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def print_rows(rows: Iterable[Row]) -> None:
    if not is_coloured():
        print("\n".join(plain(rows)))
        return
    from rich.console import Console

    Console(highlight=False, soft_wrap=True).print(as_text(rows))


def is_coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
