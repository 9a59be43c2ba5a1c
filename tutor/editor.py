"""Which editor opens the learner's file, and at which line."""

import os
import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

from tutor.refusals import Refusal

_TAKES_A_LINE = ("vi", "vim", "nvim", "nano", "emacs", "micro", "kak", "joe")


def editor_command(file: Path, symbol: str, environment: Mapping[str, str] | None = None) -> list[str]:
    """VISUAL, else EDITOR, else nano, vim or vi if one is there; at the line where the symbol begins."""
    environment = os.environ if environment is None else environment
    asked_for = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "")
    command = asked_for or [name for name in ("nano", "vim", "vi") if shutil.which(name)][:1]
    if not command or shutil.which(command[0]) is None:
        thing = f"No editor called {command[0]} was found." if command else "No editor was found."
        raise Refusal(thing, "EDITOR", f"set EDITOR, or open {file} yourself")
    line = line_of(file, symbol)
    return [*command, *([f"+{line}"] if line and Path(command[0]).name in _TAKES_A_LINE else []), str(file)]


def line_of(file: Path, symbol: str) -> int:
    """The line that defines the symbol, counted from 1; 0 where there is none."""
    definition = re.compile(rf"\s*(?:async\s+)?(?:def|class)\s+{re.escape(symbol)}\b")
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return next((number for number, line in enumerate(text.splitlines(), 1) if definition.match(line)), 0)
