"""What each head does, as a table and in words; and the crossing of word order."""

from typing import Any

import pytest

from tests.tutor.attention_answers import known_answer
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.crossing import draw_crossing
from tutor.drawing.heads import NOTHING, draw_heads, habit_of, ranked
from tutor.drawing.rows import cells, plain
from tutor.drawing.translations import draw_wrong


def head(kind: str, number: int, without: float, **scores: float) -> dict[str, Any]:
    told = {"previous": 0.1, "diagonal": 0.1, "separator": 0.1, **scores}
    chance = dict.fromkeys(told, 0.08)
    return {
        "kind": kind, "layer": 0, "head": number, "loss_without": without,
        "scores": {**told, "relative entropy": 0.4, "entropy": 1.0}, "chance": {**chance, "relative entropy": 1.0},
    }  # fmt: skip


HEADS = {
    "pairs": 200, "loss": 0.5,
    "heads": [
        head("encoder", 0, 0.5001), head("decoder", 1, 0.75, previous=0.9), head("cross", 2, 0.505, diagonal=0.3),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("share", "habit"), [(0.9, "looks at the token before"), (0.25, "looks at the token before"), (0.24, NOTHING)]
)
def test_a_habit_is_clear_where_it_takes_a_quarter_of_the_attention_and_thrice_chance(share, habit):
    assert habit_of(head("decoder", 0, 1.0, previous=share)) == habit
    often = head("decoder", 0, 1.0, previous=share)
    often["chance"]["previous"] = 0.5
    assert habit_of(often) == NOTHING


def test_the_head_that_is_missed_most_comes_first_and_is_told_in_words():
    assert [each["kind"] for each in ranked(HEADS)] == ["decoder", "cross", "encoder"]
    text = plain(draw_heads(HEADS, 80))
    assert text[2] == "decoder 0.1          0.250     40%  previous      90%     8%  clear"
    assert text[4].endswith(NOTHING)
    words = " ".join(text)
    assert "misses decoder 0.1 most, which looks at the token before: without it the loss grows by 0.250" in words
    assert "Each of 2 of 3 heads can be switched off, alone, and the loss grows by less than 10%" in words


CROSSING = {
    "numbers": 100, "good": 0.8, "chance": 0.111, "best": {"layer": 1, "head": 0, "share": 0.73},
    "heads": [{"layer": k, "head": i, "share": 0.73 if (k, i) == (1, 0) else 0.5} for k in (0, 1) for i in (0, 1)],
    "sentence": known_answer(3, 15),
}  # fmt: skip


def test_below_the_bar_the_crossing_is_said_not_to_be_shown():
    text = "\n".join(plain(draw_crossing(CROSSING, 80)))
    assert "layer 1   head 0  73%  head 1  50%" in text
    assert "No head shows the crossing reliably: the best, layer 1 head 0, has 73%, below" in text
    above = {**CROSSING, "best": {"layer": 0, "head": 1, "share": 0.9}}
    assert "layer 0 head 1 shows the crossing: 90%, the bar is 80%." in "\n".join(plain(draw_crossing(above, 80)))
    assert "ninety two → zweiundneunzig" in text


WRONG = {
    "wrong": 1, "examples": 1000,
    "shown": [{"source": "ninety-two", "truth": "zweiundneunzig", "translation": "zweiundneunzehn"}],
}  # fmt: skip


def test_a_wrong_translation_stands_below_the_truth():
    rows = draw_wrong(WRONG, 80)
    assert plain(rows) == [
        "1 of 1,000 held-out translations are not the reference.", "",
        "source  ninety-two", "truth   zweiundneunzig", "said    zweiundneunzehn",
    ]  # fmt: skip
    assert ("hn", "red") in [(text[-2:], style) for text, style in rows[-1]]


@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("width", [60, 80])
def test_each_fits_its_width(charset, width):
    for rows in (draw_heads(HEADS, width, charset), draw_crossing(CROSSING, width, charset), draw_wrong(WRONG, width)):
        assert all(cells(row) <= width for row in rows)
    assert all(text.isascii() for text in plain(draw_crossing(CROSSING, width, ASCII)))
