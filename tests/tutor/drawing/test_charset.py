import pytest

from tutor.drawing.charset import ASCII, UNICODE, choose_charset


@pytest.mark.parametrize(
    ("environment", "is_unicode"),
    [
        ({"LANG": "en_US.UTF-8"}, True),
        ({"LANG": "C.utf8"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LANG": "C"}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, False),
        ({"LC_CTYPE": "fr_FR.UTF-8", "LANG": "C"}, True),
        ({}, True),
        ({"TMUX": "/tmp/socket"}, False),
    ],
)
def test_the_locale_decides_between_unicode_and_ascii(environment, is_unicode):
    assert choose_charset(environment={"TERM": "xterm-256color", **environment}).unicode is is_unicode


def test_the_flag_wins_over_the_locale():
    assert choose_charset(True, {"LANG": "en_US.UTF-8", "COLORTERM": "truecolor"}) == ASCII


@pytest.mark.parametrize(
    ("environment", "shading"),
    [
        ({"TERM": "xterm-256color"}, "colour"),
        ({"TERM": "tmux"}, "colour"),
        ({"TERM": "xterm"}, "glyphs"),
        ({"TERM": "linux"}, "glyphs"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "colour"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "glyphs"),
        ({"TERM": "dumb"}, "glyphs"),
    ],
)
def test_heat_maps_use_glyphs_without_256_colours(environment, shading):
    assert choose_charset(environment={"LANG": "C.UTF-8", **environment}).shading == shading


def test_a_pipe_has_no_colours():
    environment = {"LANG": "C.UTF-8", "TERM": "xterm-256color"}
    assert choose_charset(environment=environment, colours=0).shading == "glyphs"


def test_ascii_spells_what_it_cannot_show():
    assert ASCII.translate("3 × 3 → Σ √x ≤ 1 …") == "3 x 3 -> sum sqrtx <= 1 ~"
    assert ASCII.translate("日") == "?"
    assert UNICODE.translate("3 × 3") == "3 × 3"


def test_every_sign_of_the_ascii_set_is_ascii():
    signs = [value for value in vars(ASCII).values() if isinstance(value, str)]
    assert all(sign.isascii() for sign in signs)
