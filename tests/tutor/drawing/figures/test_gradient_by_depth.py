import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.gradient_by_depth import draw_gradient_by_depth
from tutor.drawing.rows import cells, plain

SETTINGS = {"depth": 8, "variance": "1/fan", "seed": 3}


def arm(first: float | None, last: float, loss: float = 2.5) -> dict:
    return {"loss": loss, "weights": [first, 0.5, last], "stream": [first, last]}


ANSWER = {
    "settings": SETTINGS,
    "images": 16,
    "arms": {
        "plain": arm(1e-6, 0.1),
        "plain, BN": arm(20.0, 0.1),
        "residual": arm(None, 0.2),
        "residual, BN": arm(0.3, 0.1),
    },
}


def drawn(width: int = 76, charset=UNICODE, answer=ANSWER, shown="stream") -> list[str]:
    rows = draw_gradient_by_depth(SETTINGS, answer, shown, width, charset)
    assert {cells(row) for row in rows} == {width}
    return plain(rows)


def test_each_net_has_its_first_and_last_norm_and_their_quotient():
    rows = drawn(charset=ASCII)
    assert rows[0] == "depth 8, weights' variance 1/fan, seed 3; 16 digits, one backward pass"
    assert rows[-5:] == [
        "  net               first     last first/last     loss",
        "* plain             1e-06      0.1      1e-05      2.5",
        "o plain, BN            20      0.1        200      2.5",
        "+ residual            nan      0.2        nan      2.5",
        "x residual, BN        0.3      0.1          3      2.5",
    ]


def test_a_larger_gradient_stands_higher_whatever_the_colours():
    rows = drawn(charset=ASCII)
    heights = {mark: next(i for i, row in enumerate(rows[2:12]) if f"|{mark}" in row) for mark in "ox*"}
    assert heights["o"] < heights["x"] < heights["*"]


def test_a_missing_number_is_said():
    assert any("residual: no number at step 0" in row for row in drawn())


def test_the_other_gradient_is_named():
    assert any(row.startswith("|dL/dW|") for row in drawn(shown="weights"))


@pytest.mark.parametrize("width", [76, 56])
def test_it_fits_a_small_page(width):
    assert len(drawn(width)) <= 18
    assert all("…" not in row for row in drawn(width)[-5:])


def test_without_an_answer_it_says_what_will_be_seen_or_why_not():
    assert drawn(answer=None)[-1].startswith("computing")
    assert "Four nets" in drawn(answer=None)[2]
