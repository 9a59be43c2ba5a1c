"""How alike two places are, as maps and by distance."""

from typing import Any

import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.positions import draw_positions
from tutor.drawing.rows import cells, plain


def alike(fall: float, places: int = 32) -> dict[str, Any]:
    """Cosines that fall by so much a place."""
    cosines = [[1 - fall * abs(i - j) for j in range(places)] for i in range(places)]
    return {"cosines": cosines, "by_distance": [1 - fall * k for k in range(places)]}


def answer(positions: str) -> dict[str, Any]:
    own = None if positions == "none" else alike(0.05 if positions == "learned" else 0.02)
    return {"positions": positions, "places": 32, "own": own, "waves": alike(0.02)}


@pytest.mark.parametrize("charset", [UNICODE, ASCII])
@pytest.mark.parametrize("positions", ["learned", "sinusoidal", "none"])
def test_each_fits_the_screen(charset, positions):
    rows = draw_positions(answer(positions), 76, charset)
    assert all(cells(row) == 76 for row in rows)
    assert len(rows) <= 26
    assert all(text.isascii() for text in plain(rows)) or charset is UNICODE


def test_a_trained_table_stands_beside_the_waves_and_both_are_told_by_distance():
    text = "\n".join(plain(draw_positions(answer("learned"), 76)))
    assert "the trained table  1.00  0.95  0.90" in text
    assert "sines and cosines  1.00  0.98  0.96" in text


def test_a_run_of_waves_says_how_to_train_a_table_and_one_without_any_says_so():
    text = "\n".join(plain(draw_positions(answer("sinusoidal"), 76)))
    assert "--ablate learned-positions" in text
    assert "trained table " not in text
    assert "has no positions" in "\n".join(plain(draw_positions(answer("none"), 76)))
