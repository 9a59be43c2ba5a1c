"""How coherent a net's text is: its measures beside held-out text and a 4-gram's sample, and a verdict."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from models.coherence_facts import Speech
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import BAD, FAINT, GOOD, STRONG, WARN, Row, cells, fit, wrap

_NAME, _SHOWN = 10, 12
_LONGEST_PROBLEM = 3
_HEAD = 9  # as wide as the other heads of a run's card


def draw_coherence(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """A row for each measure with its verdict, what each means, and the beginning of the text."""
    rows: list[Row] = [[(f"  {'':<{_NAME}} {'this net':>9} {'4-gram':>9} {'held-out text':>18}", FAINT)]]
    for each in answer["measures"]:
        mark, style = (charset.passed, GOOD) if each["holds"] else (charset.failed, BAD)
        span = f"{_told(each, 'low')} to {_told(each, 'high')}"
        numbers = f" {_told(each, 'found'):>9} {_told(each, 'ngram'):>9} {span:>18}"
        rows.append([(f"{mark} ", style), (f"{each['name']:<{_NAME}}", STRONG), (numbers, "")])
    for each in answer["measures"]:
        rows += wrap(f"{each['name']}: {each['sentence']}.", width, FAINT)
    verdict = "Coherent by all five." if answer["coherent"] else "Not yet coherent by all five."
    how = (
        f"{answer['characters']:,} characters at temperature {answer['temperature']:g}. All must lie in the "
        "held-out range, words and speakers also beat the 4-gram, and no longer span be copied."
    )
    rows += [[], *wrap(verdict, width, GOOD if answer["coherent"] else STRONG), *wrap(how, width, FAINT), []]
    rows += [[(printable_line(line), "")] for line in answer["text"].strip("\n").split("\n")[:_SHOWN]]
    return [fit(row, width, charset.cut) for row in rows]


def draw_speech(speech: Speech, width: int, charset: Charset = UNICODE) -> list[Row]:
    """Of a run's card: the measures with their verdicts, and what the 4-gram has; no rows where nothing is known.

    Where the numbers have no room the verdicts stand alone.
    """
    if not speech.is_measured:
        return wrap("What it says is being held against real text.", width, FAINT)
    facts = speech.facts
    if facts is None:
        return []
    if "problem" in facts:
        words = f"What it says could not be measured. {facts['problem']}"
        return wrap(printable_line(words), width, WARN)[:_LONGEST_PROBLEM]
    full = _in_one_row(facts, charset, _in_short)
    return [full if cells(full) <= width else _in_one_row(facts, charset, lambda _: ""), _yardstick(facts, width)]


def draw_what_it_says(facts: Mapping[str, Any] | None, width: int, rows: int) -> list[Row]:
    """The beginning of the text that was measured, from its first whole speech on."""
    text = str(facts.get("text", "")) if facts else ""
    lines = text[text.find("\n\n") + 2 :] if "\n\n" in text else text.strip("\n")
    return [fit([(printable_line(line), "")], width) for line in lines.split("\n")[:rows]] if lines else []


def _in_one_row(facts: Mapping[str, Any], charset: Charset, told: Callable[[Mapping[str, Any]], str]) -> Row:
    row: Row = [(f"{'says':<{_HEAD}}", FAINT)]
    for place, each in enumerate(facts["measures"]):
        mark, style = (charset.passed, GOOD) if each["holds"] else (charset.failed, BAD)
        row += [("  " if place else "", ""), (f"{mark} ", style), (f"{each['name']}{told(each)}", "")]
    return row


def _yardstick(facts: Mapping[str, Any], width: int) -> Row:
    """The n-gram's figure on held-out text, and the two measures in which its sample must be beaten."""
    nats = facts["ngram_nats"]
    words = [f"held out {nats:.3f} nats, {nats / math.log(2):.3f} bits"] if nats else []
    of_sample = {each["name"]: f"{each['name']} {each['ngram']:.1%}" for each in facts["measures"]}
    words.append(f"sample: {of_sample['words']}, {of_sample['speakers']}")
    row: Row = [(f"{'4-gram':<{_HEAD}}", FAINT), ("; ".join(words), "")]
    return row if cells(row) <= width else [row[0], (words[0], "")]


def _in_short(each: Mapping[str, Any]) -> str:
    """Of the share of words a tenth of a percent counts."""
    return f" {each['found']:.0%}" if each["name"] in ("speakers", "names") else f" {_told(each, 'found')}"


def _told(each: Mapping[str, Any], column: str) -> str:
    value = each[column]
    return f"{value:.1%}" if each["name"] in ("words", "speakers", "names") else f"{value:.0f}"
