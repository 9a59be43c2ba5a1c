"""An app that behaves in a terminal: gives it back on a signal, comes back after ctrl+z, ends a crash with a word."""

import asyncio
import signal
import traceback
from pathlib import Path
from typing import ClassVar

from rich.terminal_theme import TerminalTheme
from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme

DARK = Theme(
    name="phase3-dark",
    primary="#6fb3c9",
    secondary="#8aa9d6",
    accent="#6fb3c9",
    warning="#dcb765",
    error="#e5837e",
    success="#8fc27f",
    foreground="#d8dadd",
    background="#14171b",
    surface="#1d2127",
    panel="#1d2127",
    dark=True,
    variables={"block-cursor-background": "#2d333b", "block-cursor-foreground": "#d8dadd"},
)
# What the sixteen colour names of the drawings look like on the dark theme; each has a contrast of 4.5 or more.
_COLOURS = [
    (0x14, 0x17, 0x1B), (0xE5, 0x83, 0x7E), (0x8F, 0xC2, 0x7F), (0xDC, 0xB7, 0x65),
    (0x8A, 0xA9, 0xD6), (0xC3, 0x9A, 0xD8), (0x6F, 0xB3, 0xC9), (0xD8, 0xDA, 0xDD),
]  # fmt: skip
ANSI_COLOURS = TerminalTheme((0x14, 0x17, 0x1B), (0xD8, 0xDA, 0xDD), _COLOURS, _COLOURS)


class AsciiScrollBar(ScrollBarRender):
    """A scroll bar without the eighths of a block at its ends."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


class TerminalApp(App[None]):
    """The cures for what a full-screen program can do to a terminal; `crash_log` is where a traceback goes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "suspend_process", "suspend", show=False)]

    def __init__(self, crash_log: Path, is_ascii: bool = False) -> None:
        super().__init__()
        self.crash_log = crash_log
        ScrollBar.renderer = AsciiScrollBar if is_ascii else ScrollBarRender

    def on_load(self) -> None:
        """No animation, and an orderly end on SIGTERM and SIGHUP: by default the terminal would stay raw."""
        self.animation_level = "none"
        for sign in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(sign, self._end_by_signal, sign)

    def on_mount(self) -> None:
        self.ansi_theme_dark = ANSI_COLOURS
        self.register_theme(DARK)
        self.theme = DARK.name
        self.app_resume_signal.subscribe(self, lambda _: self.refresh())  # else the screen is blank after fg

    def _end_by_signal(self, sign: signal.Signals) -> None:
        self.exit(return_code=128 + sign)

    def _fatal_error(self) -> None:
        """Instead of Textual's traceback with all local values: a file, and one line on the terminal."""
        try:
            told = "".join(traceback.format_exception(self._exception)) if self._exception else traceback.format_exc()
            self.crash_log.write_text(told, encoding="utf-8")
            place = f"The traceback is in {self.crash_log}."
        except OSError as error:
            place = f"Its traceback could not be written: {error}."
        self.panic(Text(f"phase3-tutor has crashed. {place} Nothing that was recorded is lost."))
