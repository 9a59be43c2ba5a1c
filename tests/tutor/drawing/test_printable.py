import random
import unicodedata

import pytest

from tutor.drawing.printable import MAX_CHARACTERS, MAX_LINES, printable, printable_line


def is_safe(text: str) -> bool:
    """No character that a terminal acts upon, turns around, or draws nothing for."""
    return all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in text)


@pytest.mark.parametrize("code", range(0xA0))
def test_every_code_below_a0_comes_out_harmless(code):
    shown = printable(f"a{chr(code)}b")
    assert is_safe(shown)
    assert shown.startswith("a") or code == 0x0D
    if 0x20 <= code < 0x7F:
        assert shown == f"a{chr(code)}b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b[Hboo", "boo"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07ok", "ok"),
        ("\x1b]52;c;aGk=\x07clip", "clip"),
        ("\x1b]8;;http://e\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0;2\x1b\\sixel", "sixel"),
        ("\x1b(0lqk", "lqk"),
        ("\x1bcafter", "after"),
        ("\x9b31mred", "red"),
        ("\x9d0;t\x9cx", "x"),
        ("10 %\r20 %\r100 %\n", "100 %\n"),
        ("dos\r\nlines\r\n", "dos\nlines\n"),
        ("a\tb", "a   b"),
        ("\x00\x07", "\\x00\\x07"),
        ("\u202eevil", "\\u202eevil"),
        ("a\u2028b", "a\\u2028b"),
        ("\u200d\ufeff", "\\u200d\\ufeff"),
        ("\ud800", "\\ud800"),
        ("\x1b]0;never ends\nthe next line", "\nthe next line"),
        ("[bold]not markup[/]", "[bold]not markup[/]"),
        ("é 日本 🙂", "é 日本 🙂"),
    ],
)
def test_sequences_go_and_controls_become_visible(text, shown):
    assert printable(text) == shown


def test_bytes_that_are_no_utf8_are_decoded_with_a_replacement():
    assert printable(b"\xff\xfe\x80 ok") == "\ufffd\ufffd\ufffd ok"


def test_long_text_is_capped_and_says_so():
    assert printable("x" * 700).endswith("... 200 more")
    assert printable("l\n" * 300).splitlines()[-1] == f"... {301 - MAX_LINES} more lines"
    many = "word " * MAX_CHARACTERS
    assert len(printable(many)) < MAX_CHARACTERS + 100


def test_ten_megabytes_of_escapes_are_quick_and_empty_of_control():
    assert is_safe(printable("\x1b]" * 5_000_000))


def test_twenty_thousand_random_texts_are_safe_and_can_be_encoded():
    chance = random.Random(0)
    alphabet = [27, 91, 93, 7, 92, 155, 157, 156, 80, 13, 10, 9, 0x202E, 0xD800, 65, 59, 48, *range(0, 300, 7)]
    for _ in range(20_000):
        text = "".join(chr(chance.choice(alphabet)) for _ in range(chance.randint(0, 60)))
        shown = printable(text)
        assert is_safe(shown), repr(text)
        shown.encode("utf-8")


def test_a_line_is_one_line():
    assert printable_line("first\nsecond\x1b[2J   third") == "first second third"
    assert printable_line(3.5) == "3.5"
