import pytest

from tutor.drawing.charset import ASCII, UNICODE
from tutor.drawing.figures.without_feed_forward import draw_without_feed_forward
from tutor.drawing.rows import cells, plain

SETTINGS = {"task": "sum mod 5", "keys": "marks", "heads": 1, "seed": 0}
RIGHT = [[(a + b) % 5 for b in range(5)] for a in range(5)]


def answer(last: float, right: float, says=RIGHT) -> dict:
    return {"iterations": 300, "losses": [1.6, last], "right": right, "says": says, "chance": 1.609, "weights": 12448}


ANSWERS = {
    "with it": answer(0.00002, 1.0),
    "no ReLU": answer(1.61, 0.18, [[4] * 5] * 5),
    "without": answer(1.61, 0.2),
    "wider": None,
}


def drawn(answers=ANSWERS, shown="with it", width=76, charset=UNICODE, settings=SETTINGS) -> list[str]:
    rows = draw_without_feed_forward(settings, answers, shown, width, charset)
    assert {cells(row) for row in rows} == {width}
    return plain(rows)


def test_each_net_has_its_weights_its_loss_and_its_share_of_right_answers():
    assert drawn(charset=ASCII)[-6:] == [
        "    net                 weights  last loss   right",
        "> * with feed-forward    12,448      2e-05  100.0%   ####################",
        "  o without its ReLU     12,448        1.6   18.0%   ####----------------",
        "  + attention alone      12,448        1.6   20.0%   ####----------------",
        "  x alone, but wider    being trained ~",
        "A guess: 20% right, a loss of 1.61.",
    ]


def test_answers_that_are_wrong_are_marked_without_colour_too():
    right, wrong = (drawn(shown=arm) for arm in ("with it", "no ReLU"))
    assert not any("!" in row for row in right)
    assert sum(row.count("!") for row in wrong) == 20
    assert any(row.endswith("all 25 right") for row in right)
    assert any(row.endswith("20 of 25 wrong") for row in wrong)


def test_the_plain_sum_is_judged_by_the_plain_sum():
    rows = drawn({"with it": answer(0.1, 1.0)}, settings={**SETTINGS, "task": "sum", "heads": 4, "keys": "all"})
    assert any(row.endswith("10 of 25 wrong") for row in rows)
    assert rows[0] == "Say the sum of two marked digits; 4 heads, keys see everything"


def test_a_net_that_is_looked_at_before_it_is_trained():
    assert any("computing" in row for row in drawn(shown="wider"))


@pytest.mark.parametrize("width", [76, 56])
@pytest.mark.parametrize("charset", [UNICODE, ASCII])
def test_it_fits_a_small_page(width, charset):
    rows = drawn(width=width, charset=charset)
    assert len(rows) <= 18
    assert charset.unicode or all(row.isascii() for row in rows)
    waiting = drawn(dict.fromkeys(ANSWERS), width=width, charset=charset)
    assert len(waiting) <= 18
    assert any("computing" in row for row in waiting)
