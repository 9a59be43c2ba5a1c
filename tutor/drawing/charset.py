"""Which characters and colours a drawing may use, decided once from the flag and the environment."""

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Shading = Literal["colour", "glyphs"]

_TO_ASCII = str.maketrans(
    {
        "─": "-", "━": "=", "│": "|", "┃": "|", "┤": "|", "├": "|", "┬": "+", "┴": "+", "┼": "+", "└": "+",
        "┘": "+", "┌": "+", "┐": "+", "╭": "+", "╮": "+", "╯": "+", "╰": "+", "█": "#", "▓": "#", "▒": "=",
        "░": "-", "▀": "#", "▄": "#", "▌": "|", "▐": "|", "•": "*", "·": ".", "…": "~", "–": "-", "—": "-",
        "→": "->", "←": "<-", "↑": "^", "↓": "v", "×": "x", "÷": "/", "−": "-", "≤": "<=", "≥": ">=",
        "≠": "!=", "≈": "~", "±": "+-", "√": "sqrt", "Σ": "sum", "∑": "sum", "∗": "*", "∂": "d",
        "∇": "grad", "∞": "inf", "⊙": "*", "∈": "in", "²": "^2", "³": "^3", "ᵀ": "^T", "α": "alpha",
        "β": "beta", "γ": "gamma", "ε": "eps", "θ": "theta", "λ": "lambda", "μ": "mu", "σ": "sigma",
        "‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "✓": "+", "✗": "x", "●": "*", "○": "o",
        "◆": "+", "◇": "x", "▶": ">", "▲": "^", "▼": "v", "►": ">", "◀": "<", "↻": "~", "⌊": "floor(", "⌋": ")",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Charset:
    """The signs of one kind of terminal; `shading` says how a heat map shows a value."""

    unicode: bool
    shading: Shading
    passed: str
    failed: str
    warning: str
    open: str
    later: str
    stale: str
    lesson: str
    pointer: str
    bullet: str
    rule: str
    full: str
    empty: str
    cut: str
    arrow: str

    def translate(self, text: str) -> str:
        """The text in this character set: unchanged, or with an ASCII spelling for every other sign."""
        if self.unicode:
            return text
        return "".join(map(_plain_letter, text.translate(_TO_ASCII)))


def _plain_letter(sign: str) -> str:
    """A letter without its accents; "?" for what is no ASCII without them either."""
    base = unicodedata.normalize("NFKD", sign)[:1]
    return base if base.isascii() else "?"


UNICODE = Charset(
    True, "colour", passed="✓", failed="✗", warning="!", open="○", later="·", stale="↻", lesson="≡", pointer="›",
    bullet="•", rule="─", full="━", empty="─", cut="…", arrow="→",
)  # fmt: skip
ASCII = Charset(
    False, "glyphs", passed="+", failed="x", warning="!", open="o", later=".", stale="~", lesson="=", pointer=">",
    bullet="*", rule="-", full="#", empty="-", cut="~", arrow="->",
)  # fmt: skip


def choose_charset(
    ascii_only: bool = False, environment: Mapping[str, str] | None = None, colours: int | None = None
) -> Charset:
    """ASCII on the flag or without a UTF-8 locale; heat maps in glyphs on NO_COLOR or under 256 colours.

    `colours` is what the terminal shows where the caller knows it, 0 in a pipe; None asks TERM, COLORTERM.
    """
    environment = os.environ if environment is None else environment
    if ascii_only or not _locale_has_utf8(environment):
        return ASCII
    colours = _colours_of(environment) if colours is None else colours
    return UNICODE if colours >= 256 and not environment.get("NO_COLOR") else replace(UNICODE, shading="glyphs")


def _locale_has_utf8(environment: Mapping[str, str]) -> bool:
    """What LC_ALL, LC_CTYPE or LANG ask for; without any of them only a multiplexer is distrusted."""
    language = environment.get("LANG", "")
    character_type = environment.get("LC_CTYPE", "")
    if character_type == "C.UTF-8" and language in ("C", "POSIX"):
        character_type = ""  # not the learner's word: Python sets it when it finds the C locale
    asked_for = environment.get("LC_ALL") or character_type or language
    if asked_for:
        return "utf8" in asked_for.lower().replace("-", "")
    return not (environment.get("TMUX") or environment.get("STY"))


def _colours_of(environment: Mapping[str, str]) -> int:
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return 1 << 24
    terminal = environment.get("TERM", "")
    if terminal in ("", "dumb"):
        return 0
    # tmux and screen, and every terminal whose name says so, show the 256-colour palette.
    return 256 if "256" in terminal or terminal.split("-")[0] in ("tmux", "screen") else 16
