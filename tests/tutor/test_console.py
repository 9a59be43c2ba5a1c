"""What stdout can show decides how rows are printed."""

import io
import sys
from collections.abc import Callable

import pytest

from tutor.console import NARROWEST, WIDEST, console_charset, console_width, is_coloured, print_rows
from tutor.drawing.charset import ASCII, UNICODE


class Terminal(io.StringIO):
    encoding = "utf-8"  # type: ignore[assignment]

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch) -> Callable[[], Terminal]:
    """Puts a terminal behind stdout when it is called: pytest takes stdout back after every fixture."""

    def put() -> Terminal:
        screen = Terminal()
        monkeypatch.setattr(sys, "stdout", screen)
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLORTERM", "")
        return screen

    return put


def test_a_terminal_gets_colour_and_a_pipe_gets_none(terminal, monkeypatch):
    screen = terminal()
    assert is_coloured()
    assert not is_coloured(io.StringIO())
    print_rows([[("bold", "bold"), (" plain", "")]])
    assert "\x1b[1m" in screen.getvalue()
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as changed:
            changed.setenv(name, value)
            assert not is_coloured()


def test_markup_in_a_learner_s_words_is_printed_as_it_stands(terminal):
    screen = terminal()
    print_rows([[("[red]not red[/red]", "")]])
    assert "[red]not red[/red]" in screen.getvalue()


def test_heat_maps_are_glyphs_where_there_is_no_terminal(terminal, monkeypatch):
    terminal()
    assert console_charset(False).shading == "colour"
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert console_charset(False).shading == "glyphs"


@pytest.mark.parametrize(("encoding", "unicode"), [("utf-8", True), ("UTF-8", True), ("latin-1", False), ("", False)])
def test_an_encoding_without_unicode_gets_ascii(terminal, encoding, unicode):
    terminal().encoding = encoding
    assert console_charset(False).unicode is unicode
    assert not console_charset(True).unicode


def test_rows_are_spelt_in_the_charset_s_signs(capsys):
    print_rows([[("größer × 2", "")]], ASCII)
    print_rows([[("größer × 2", "")]], UNICODE)
    assert capsys.readouterr().out == "gro?er x 2\ngrößer × 2\n"


@pytest.mark.parametrize(("columns", "width"), [("20", NARROWEST), ("80", 80), ("300", WIDEST)])
def test_the_width_is_the_terminal_s_within_reason(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    assert console_width() == width
