"""Filters, abstraction, confusion and errors as rows."""

import math
import random

import pytest

from tutor.drawing.abstraction import draw_abstraction
from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.confusion import draw_confusion
from tutor.drawing.errors import draw_errors
from tutor.drawing.filters import draw_filters
from tutor.drawing.rows import plain

DICE = random.Random(1)
FILTERS = {
    "layer": "conv1", "shape": [5, 3, 3, 3], "largest": 0.5,
    "values": [[[[DICE.uniform(-0.5, 0.5) for _ in range(3)] for _ in range(3)] for _ in range(3)] for _ in range(5)],
}  # fmt: skip
DEPTHS = {
    "train": 1442, "held_out": 355, "chance": 0.103,
    "depths": [
        {"name": "image", "features": 1, "probe_accuracy": 0.2, "separation": 0.05},
        {"name": "stage 3 block 3", "features": 64, "probe_accuracy": 0.975, "separation": 2.5},
        {"name": "odd", "features": 64, "probe_accuracy": 1.0, "separation": None},
    ],
}  # fmt: skip
CONFUSION = {"class_names": ["cat", "dog", "aeroplane"], "counts": [[90, 10, 0], [7, 93, 0], [0, 1, 99]]}
ERRORS = {
    "held_out": 355, "wrong": 30, "first": 12,
    "images": [
        {"image": 40 + i, "label_name": "4", "predicted_name": "9", "probability": 0.98 - i / 100,
         "values": [[[(i * j) % 16 / 16 for j in range(32)] for i in range(32)]]}
        for i in range(6)
    ],
}  # fmt: skip
DRAWN = [(draw_filters, FILTERS), (draw_abstraction, DEPTHS), (draw_confusion, CONFUSION), (draw_errors, ERRORS)]


@pytest.mark.parametrize(("draw", "answer"), DRAWN)
@pytest.mark.parametrize("width", [100, 76, 56, 40])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_every_picture_fits_its_width_and_its_character_set(draw, answer, width, charset):
    rows = plain(draw(answer, width, charset))
    assert max(map(len, rows)) <= width
    if charset is ASCII:
        assert "\n".join(rows).isascii()


def test_all_kernels_are_drawn_with_one_scale_about_0():
    rows = plain(draw_filters(FILTERS, 76, ASCII))
    assert [
        number
        for number in range(5)
        if any(row.lstrip().startswith(str(number)) or f" {number} " in row for row in rows)
    ]
    assert rows[-1].startswith("scale -0.5")
    assert "red, green, blue side by side" in rows[-1]


def test_a_weight_that_is_no_number_is_seen():
    broken = {**FILTERS, "values": [[[[None, 0.1, 0.2], [0.1, 0.1, 0.1], [0.0, 0.0, math.nan]]] * 3] * 5}
    assert "??" in "\n".join(plain(draw_filters(broken, 76, ASCII)))


def test_probe_and_separation_stand_beside_their_bars():
    rows = plain(draw_abstraction(DEPTHS, 76, ASCII))
    (row,) = [row for row in rows if row.startswith("stage 3 block 3")]
    assert "97.5 %" in row
    assert row.endswith("2.50")
    assert row.count("#") == 36
    assert "gives 10.3 %" in " ".join(rows)


def test_the_confusion_matrix_names_the_pairs_that_are_mixed_up_most():
    rows = plain(draw_confusion(CONFUSION, 76, ASCII))
    assert any(row.split() == ["cat", "90", "10", ".", "90.0", "%"] for row in rows)
    assert "Mixed up most: cat and dog (17), dog and aeroplane (1)." in rows
    perfect = {**CONFUSION, "counts": [[1, 0, 0], [0, 1, 0], [0, 0, 0]]}
    assert "Every held-out image is named rightly." in plain(draw_confusion(perfect, 76, ASCII))


def test_wrong_images_stand_under_what_they_are_and_what_they_are_taken_for():
    rows = plain(draw_errors(ERRORS, 76, ASCII))
    assert rows[0] == "30 of 355 held-out images are named wrongly; 12 to 17, the surest first"
    assert "4 as 9 98%" in "\n".join(rows)
    assert "All 355 held-out images are named rightly." in plain(draw_errors({**ERRORS, "wrong": 0}, 76, ASCII))
    assert "below that" in plain(draw_errors({**ERRORS, "images": []}, 76, ASCII))[0]
