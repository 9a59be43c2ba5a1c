"""What of a play in Markdown is spoken, and what is not."""

import re

import pytest

from models.datasets.play_text import play_text
from models.play_files import play_files

SCENE = """# Macbeth

## ACT I

### SCENE I. A desert place.

_Thunder and lightning. Enter three
Witches_

**First Witch**
When shall we three meet again
In thunder, lightning, or in rain?

_Exit_

Or not\u2014at all?

**DUNCAN & ROSS:**
{first}
Where the place?

**ALL**
Fair is foul.

_Exeunt_
"""
SPOKEN = (
    "First Witch:\nWhen shall we three meet again\nIn thunder, lightning, or in rain?\nOr not--at all?\n\n"
    "DUNCAN and ROSS:\nWhere the place?\n\nALL:\nFair is foul.\n\n"
)


@pytest.mark.parametrize(
    "aside",
    [r"_\[Aside]_", r"__\[Awaking]_", "[Within]_", "*[Reads.]*", "_Kneels_", "*Rises.*", r"_\[Aside to" "\nROSS]_"],
)
def test_speeches_stay_and_no_direction_does_however_its_marks_are_closed(aside):
    assert play_text(SCENE.format(first=aside)) == SPOKEN


def test_a_mark_that_is_never_closed_spoils_nothing_after_it():
    assert play_text(SCENE.format(first="_Soft")) == SPOKEN.replace("Where", "Soft\nWhere")


def test_a_word_in_an_editor_s_brackets_is_spoken():
    assert "\nAnd Censorinus, that was so surnamed\n" in play_text(
        SCENE.format(first=r"And _\[Censorinus,]_ that was so surnamed")
    )


def test_a_name_without_a_word_to_say_is_left_out():
    assert play_text("**A**  \n\n_Exit_\n\n**B**  \nWell.") == "B:\nWell.\n\n"


@pytest.mark.parametrize("path", play_files(), ids=lambda path: path.stem)
def test_no_line_of_verse_of_the_shipped_plays_is_lost_and_no_mark_is_left(path):
    markdown = path.read_text(encoding="utf-8")
    spoken = play_text(markdown)
    first = re.search(r"^\*\*", markdown, re.MULTILINE)
    assert first is not None
    kept = set(spoken.splitlines())
    verse = re.findall(r"^([A-Za-z][^*_\\\[\]&\u2014\n]*)  $", markdown[first.start() :], re.MULTILINE)
    assert len(verse) > 1000
    assert [line for line in verse if line.strip() not in kept] == []
    assert not set("*_#[]\\") & set(spoken)
