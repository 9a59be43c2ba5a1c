"""Prints rows of a drawing: with colour on a terminal, plain in a pipe or where NO_COLOR is set."""

import os
import shutil
import sys
from collections.abc import Iterable
from typing import TextIO

from tutor.drawing.charset import UNICODE, Charset, choose_charset
from tutor.drawing.rows import Row, as_text, plain

WIDEST = 100
NARROWEST = 40


def console_charset(ascii_only: bool) -> Charset:
    """What stdout can show: without a terminal behind it, heat maps are drawn in glyphs."""
    takes_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    return choose_charset(ascii_only or not takes_unicode, colours=None if sys.stdout.isatty() else 0)


def console_width() -> int:
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def print_rows(rows: Iterable[Row], charset: Charset = UNICODE) -> None:
    """Print them; what the charset lacks in them, as in a learner's own words, is spelt in ASCII."""
    rows = [[(charset.translate(text), style) for text, style in row] for row in rows]
    if not is_coloured():
        print("\n".join(plain(rows)))
        return
    from rich.console import Console

    Console(highlight=False, soft_wrap=True).print(as_text(rows))


def is_coloured(stream: TextIO | None = None) -> bool:
    """Whether it is a terminal that takes colours and cursor movements; stdout, unless another is named."""
    is_terminal = sys.stdout.isatty() if stream is None else stream.isatty()
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
