"""Text from outside (a learner's output, a traceback, a log, a file name) made safe to show in a terminal."""

import re
import unicodedata

MAX_CHARACTERS = 20_000
MAX_LINES = 200
MAX_WIDTH = 500

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

# Whole sequences are taken out; a string command without an end stops at its line and hides nothing after it.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, modes
    r"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c|(?=\n)|\Z)"  # OSC, DCS, APC
    r"|\x1b[ -/]*[0-~]"  # every other escape
)


class _Shown(dict[int, "int | str"]):
    """For str.translate: a character that a terminal acts upon or does not draw becomes a visible escape."""

    def __missing__(self, code: int) -> int | str:
        hidden = code != 0x0A and unicodedata.category(chr(code)) in _INVISIBLE
        self[code] = _escape(code) if hidden else code
        return self[code]


_SHOWN = _Shown()


def printable(
    text: str | bytes, width: int = MAX_WIDTH, lines: int = MAX_LINES, characters: int = MAX_CHARACTERS
) -> str:
    """The text with sequences removed, controls and bidi marks made visible, its length capped in words."""
    if isinstance(text, bytes):
        text = text[: characters * 4 + 4].decode("utf-8", "replace")
    is_cut = len(text) > characters
    text = _SEQUENCE.sub("", text[:characters].replace("\r\n", "\n"))
    rows = [_after_carriage_returns(row).expandtabs(4).translate(_SHOWN) for row in text.split("\n")]
    shown = [_capped(row, width) for row in rows[:lines]]
    if len(rows) > lines:
        shown.append(f"... {len(rows) - lines} more lines")
    elif is_cut:
        shown.append("... cut here")
    return "\n".join(shown)


def printable_line(text: object, width: int = MAX_WIDTH) -> str:
    """The text as one line: for a title, a label, a name."""
    return _capped(" ".join(printable(str(text), width=width * 2).split()), width)


def _after_carriage_returns(row: str) -> str:
    """What a terminal would leave of a row that overwrites itself, as progress bars do."""
    return row.rstrip("\r").rsplit("\r", 1)[-1]


def _capped(row: str, width: int) -> str:
    return row if len(row) <= width else f"{row[:width]} ... {len(row) - width} more"


def _escape(code: int) -> str:
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
