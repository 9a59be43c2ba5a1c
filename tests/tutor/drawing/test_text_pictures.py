"""Pictures that lie over a text: saliency, samples and their coherence."""

import pytest

from tutor.drawing.characters import draw_text, lines_of, shaded_text
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.coherence import draw_coherence
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
