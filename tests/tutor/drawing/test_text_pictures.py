"""Pictures that lie over a text: saliency, samples and their coherence."""

import pytest

from models.coherence_facts import Speech
from tutor.drawing.characters import draw_text, lines_of, shaded_text
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.coherence import draw_coherence, draw_speech, draw_what_it_says
from tutor.drawing.rows import cells, plain
from tutor.drawing.saliency import draw_saliency
from tutor.drawing.sample import draw_sample, draw_typed
from tutor.drawing.shades import Scale

SALIENCY = {
    "text": "to be", "values": [0.1, -0.5, 0.0, 0.2, 0.05], "target": "\n", "probability": 0.25,
    "guesses": [{"symbol": ",", "probability": 0.5}, {"symbol": "\n", "probability": 0.25}],
}  # fmt: skip
SAMPLE = {
    "run": "rnn-full-001",
    "step": 9,
    "prompt": "K",
    "temperature": 0.8,
    "text": "ing:\nNo.",
    "probabilities": [0.5] * 8,
}
COHERENCE = {
    "characters": 5000, "temperature": 0.8, "coherent": False, "text": "KING:\nNo.\n",
    "measures": [
        {"name": "words", "sentence": "share of words", "holds": True, "found": 0.93, "ngram": 0.7, "low": 0.9,
         "high": 0.97},
        {"name": "copied", "sentence": "longest span", "holds": False, "found": 44, "ngram": 12, "low": 18, "high": 31},
    ],
}  # fmt: skip
DRAWN = [
    (draw_saliency, SALIENCY), (draw_sample, SAMPLE), (draw_coherence, COHERENCE),
]  # fmt: skip


@pytest.mark.parametrize(("draw", "answer"), DRAWN)
@pytest.mark.parametrize("width", [56, 76, 120])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_every_row_fits_its_width_and_ascii_is_ascii(draw, answer, width, charset):
    rows = draw(answer, width, charset)
    assert max(cells(row) for row in rows) <= width
    if charset is ASCII:
        assert all(line.isascii() for line in plain(rows))


def test_saliency_names_the_strongest_characters_and_how_far_back_they_are():
    told = " ".join(plain(draw_saliency(SALIENCY, 76, ASCII)))
    assert "What speaks for / (25.0%)" in told
    assert "o 4 back (-0.50)" in told


def test_a_text_is_cut_at_its_line_breaks_and_at_the_width():
    pieces = lines_of("ab\ncdefg", [1, 2, 3, 4, 5, 6, 7, 8], 3)
    assert pieces == [("ab\n", [1, 2, 3]), ("cde", [4, 5, 6]), ("fg", [7, 8])]
    assert draw_text("a\nb\x1b", UNICODE) == "a↵b."
    assert plain(draw_typed("ab\n\nabcd", 3)) == ["ab", "", "abc", "d"]


def test_without_colours_digits_stand_below_the_characters():
    rows = plain(shaded_text("abc", [0.0, 0.55, 1.0], Scale(0.0, 1.0), ASCII))
    assert rows == ["abc", "059"]


def test_coherence_says_which_measure_fails():
    rows = plain(draw_coherence(COHERENCE, 76, ASCII))
    assert rows[1].startswith("+ words")
    assert rows[2].startswith("x copied")
    assert "Not yet coherent by all five." in rows


def measure(name: str, found: float, holds: bool = True) -> dict:
    return {"name": name, "sentence": "s", "holds": holds, "found": found, "ngram": 0.731, "low": 0, "high": 1}


FACTS = {
    "ngram_nats": 1.769, "text": "ut the rest\n\nKING:\nNo.\n\nFOOL:\nO!",
    "measures": [measure("words", 1.0), measure("speakers", 1.0, False), measure("names", 1.0), measure("line", 144.2),
                 measure("copied", 105)],
}  # fmt: skip


def test_the_card_tells_every_measure_and_the_yardstick_within_78_columns():
    usual = {**FACTS, "measures": [measure("words", 0.838), measure("speakers", 1.0), measure("names", 0.3, False),
                                   measure("line", 44), measure("copied", 23)]}  # fmt: skip
    assert plain(draw_speech(Speech(usual), 78, ASCII)) == [
        "says     + words 83.8%  + speakers 100%  x names 30%  + line 44  + copied 23",
        "4-gram   held out 1.769 nats, 2.552 bits; sample: words 73.1%, speakers 73.1%",
    ]

    assert plain(draw_speech(Speech(FACTS), 78, ASCII))[0] == "says     + words  x speakers  + names  + line  + copied"


@pytest.mark.parametrize("width", [56, 76, 120])
@pytest.mark.parametrize("speech", [
    Speech(FACTS), Speech(None, False), Speech({"problem": "E: x\nrnn/char_lm.py, line 1, in sample: return" * 9}),
    Speech({**FACTS, "ngram_nats": None}), Speech(),
])  # fmt: skip
def test_rows_on_speech_fit_the_card_and_are_few(width, speech):
    rows = draw_speech(speech, width, ASCII)
    assert len(rows) <= 3
    assert max([cells(row) for row in rows], default=0) <= width
    assert bool(rows) == (speech != Speech())


def test_the_text_begins_with_its_first_whole_speech():
    assert plain(draw_what_it_says(FACTS, 40, 3)) == ["KING:", "No.", ""]
    assert plain(draw_what_it_says({"text": "no break"}, 5, 3)) == ["no b…"]
    assert draw_what_it_says(None, 40, 3) == draw_what_it_says(FACTS, 40, 0) == []
